import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Connector, Session } from '../../src/core/connector/connector.ts'
import type { RawDelivery } from '../../src/core/connector/delivery.ts'
import type { ConnectorErrorCode } from '../../src/core/connector/errors.ts'
import type { Channel, Hub } from '../../src/core/connector/hub.ts'
import type { Door } from '../../src/core/connector/visitors.ts'

/** What a case gets to work with; what it opens is closed after the test, what it passes as secret is looked for in logs and errors. */
export interface Bench {
  connector: Connector
  hub: Hub
  /** Everything `hub.deliver` was given. */
  delivered: RawDelivery[]
  /** A channel with these settings (as an admin types them), read by the connector's own schema. */
  channel(settings: unknown): Channel<unknown>
  /** An HTTP server on 127.0.0.1; resolves to its address without a slash at the end. */
  httpVendor(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string>
  /** A server on 127.0.0.1 that speaks a protocol of lines; resolves to its port. */
  tcpVendor(talk: (socket: Socket) => void): Promise<number>
  /** A port of 127.0.0.1 where nobody listens. */
  closedPort(): Promise<number>
}

/** Something the vendor does wrong, or we do. `provoke` resolves to what came of it: a CheckResult, or the error that was thrown. */
export interface FailureCase {
  name: string
  code: ConnectorErrorCode
  retryAfterMs?: number
  provoke(bench: Bench): Promise<unknown>
}

/** What the contract suite has to know of one connector and cannot find out by itself. */
export interface ContractCase {
  /** Valid settings, as an admin types them; for fixtures that bring none of their own. */
  settings: unknown
  /** For each of `signature`, `secret` and `public` in the manifest: settings that ask for it, and how an authentic request looks. */
  proofs?: {
    [proof in 'signature' | 'secret' | 'public']?: {
      settings: unknown
      sign(request: RawDelivery, channel: Channel<unknown>): RawDelivery
    }
  }
  /** At least one must be a `check` with bad credentials that fails with `auth_failed`. */
  failures?: FailureCase[]
  /** Long-lived connections and doors, each opened and closed once. */
  sessions?: { name: string; open(bench: Bench): Promise<Session> | Session }[]
  /** For connectors with `consentUrl`: settings that are enough to send a person there, secrets included. */
  consent?: unknown
  /** Rules that do not apply, each with its reason. */
  exempt?: { [rule in 'unsupported' | 'malformed' | 'badCredentials' | 'wholeBody']?: string }
}

/** What the hub's door knows in the contract: a token is `visitor-<id>`, and nobody comes too often. */
export const contractDoor: Door = {
  visitorsOf: (token) => /^visitor-([\w-]{8,64})$/.exec(token)?.slice(1),
  count: () => 1,
}

/** The error of something that must fail; a value that says so when it does not. */
export async function caught(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    (value) => new Error(`nothing failed, it gave ${JSON.stringify(value)}`),
    (error: unknown) => error,
  )
}
