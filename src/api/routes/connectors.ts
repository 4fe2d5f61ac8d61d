import { implement } from '@orpc/server'
import { describeConnector, presentManifest } from '../../core/channels/describe-connector.ts'
import { connectorsContract } from '../contract/connectors.ts'
import type { ApiContext } from './context.ts'

const os = implement(connectorsContract).$context<ApiContext>()

export const connectorsRoutes = os.router({
  list: os.list.handler(({ context }) => ({
    items: context.deps.connectors.map((connector) => presentManifest(connector.manifest)),
    nextCursor: null,
  })),
  get: os.get.handler(({ input, context }) => describeConnector(context.deps, input.id)),
})
