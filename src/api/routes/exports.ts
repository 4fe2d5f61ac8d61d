import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { implement } from '@orpc/server'
import { cancelExport, createExport, listExports, openExport, readOwnExport } from '../../core/exports/ask-export.ts'
import { exportsContract } from '../contract/exports.ts'
import { byId } from '../contract/page.ts'
import type { ApiContext } from './context.ts'
import type { RawHandler } from './raw-handler.ts'

const os = implement(exportsContract).$context<ApiContext>()

export const exportsRoutes = os.router({
  list: os.list.handler(({ context }) => listExports(context.deps, context.actor)),
  create: os.create.handler(({ input, context }) => createExport(context.deps, input, context)),
  get: os.get.handler(({ input, context }) => readOwnExport(context.deps, context.actor, input.id)),
  cancel: os.cancel.handler(({ input, context }) => cancelExport(context.deps, input.id, context)),
})

const types = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }

export const sendExport: RawHandler = async (request, response, actor, deps) => {
  const { id } = byId.parse(request.params)
  const file = await openExport(deps, id, { actor, ip: request.ip })
  response.set({
    'content-type': types[file.format],
    'content-disposition': `attachment; filename="${file.name}"`,
    'content-length': String(file.size),
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  })
  await pipeline(Readable.from(file.stream()), response).catch((error: unknown) => {
    if (!response.destroyed) throw error
  })
}
