import type { IncomingMessage } from 'node:http'
import type { Request, Response } from 'express'
import type { LoadedChannel } from '../../core/channels/channel.ts'
import type { Connector } from '../../core/connector/connector.ts'
import type { Greeting, Visit } from '../../core/connector/visitors.ts'
import { CoreError } from '../../core/errors.ts'
import { createSenderRate } from '../../core/intake/sender-rate.ts'
import type { ApiDeps } from '../routes/context.ts'

export type VisitorDeps = Pick<ApiDeps, 'pool' | 'files' | 'vault' | 'directory' | 'connectors' | 'logger' | 'databaseUrl'>

/** A channel that pages speak to. */
export interface VisitorChannel {
  channel: LoadedChannel
  greet(visit: Visit): Greeting
  admits(origin: string | undefined): boolean
}

/** By the key that stands in the page. undefined: there is none, or it is paused or broken. */
export async function findVisitorChannel(deps: Pick<VisitorDeps, 'directory' | 'connectors'>, key: string): Promise<VisitorChannel | undefined> {
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(key)) return undefined
  for (const { manifest, greetVisitor } of deps.connectors as readonly Connector[]) {
    const channel = greetVisitor && (await deps.directory.find(manifest.id, key))
    if (!channel || channel.settingsFault) continue
    return {
      channel,
      greet: (visit) => channel.connector.greetVisitor?.(visit, channel.settings) ?? { widget: {}, showsNames: false },
      admits: (origin) => channel.connector.admitsPage?.(origin, channel.settings) ?? false,
    }
  }
  return undefined
}

/** The channel, for a page of an origin that it admits; answers are then readable there. Throws `not_found`, `origin_refused`. */
export async function admitPage(deps: VisitorDeps, request: Request<{ key: string }>, response: Response): Promise<VisitorChannel> {
  const { origin } = request.headers
  // Whatever is answered from here on, a refusal too, may be read by the page that asked: its developer has to see why.
  if (origin !== undefined) response.set({ 'access-control-allow-origin': origin, vary: 'Origin' })
  response.set({ 'cross-origin-resource-policy': 'cross-origin', 'cache-control': 'no-store' })
  const found = await findVisitorChannel(deps, request.params.key)
  if (!found) throw new CoreError('not_found', 'There is no such chat.')
  if (!found.admits(origin)) throw new CoreError('origin_refused', `The page ${origin ?? '(not told)'} is not among the allowed sites.`)
  return found
}

/** Most requests of one network address within a minute, of each kind. */
const mostPerMinute = { widget: 1_200, session: 600, history: 600, socket: 1_200 }

export type Flood = (what: keyof typeof mostPerMinute, address: string) => boolean

/** True when it is too much. */
export function createFlood(): Flood {
  const rates = createSenderRate()
  return (what, address) => rates.count(`${what} ${address}`) > mostPerMinute[what]
}

export type CallerOf = (request: IncomingMessage) => string
