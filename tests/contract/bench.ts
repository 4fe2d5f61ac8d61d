import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import type { Connector } from '../../src/core/connector/connector.ts'
import type { RawDelivery } from '../../src/core/connector/delivery.ts'
import type { Logger } from '../../src/core/connector/hub.ts'
import { secretFields } from '../../src/core/connector/settings.ts'
import type { Bench } from './case.ts'

export interface OpenBench extends Bench {
  /** Every line that was logged and every state that was reported, as text. */
  said(): string
  /** Values of the secret fields of all channels that were made. */
  secrets: Set<string>
  close(): Promise<void>
}

export function openBench(connector: Connector): OpenBench {
  const servers: Server[] = []
  const sockets = new Set<Socket>()
  const lines: string[] = []
  const delivered: RawDelivery[] = []
  const secrets = new Set<string>()
  const state = new Map<string, string>()

  async function listen(server: Server): Promise<number> {
    servers.push(server)
    server.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  }

  return {
    connector,
    delivered,
    secrets,
    said: () => lines.join('\n'),
    hub: {
      async deliver(raw) {
        delivered.push(raw)
      },
      report: (health) => lines.push(JSON.stringify(health)),
      state: {
        get: async (name) => state.get(name),
        set: async (name, value) => void state.set(name, value),
      },
      logger: capturingLogger(lines),
      clock: { now: () => new Date() },
      fetch: (url, init = {}) => {
        const { untrusted: _untrusted, timeoutMs = 30_000, ...rest } = init
        return fetch(url, { signal: AbortSignal.timeout(timeoutMs), ...rest })
      },
    },
    channel(input) {
      const settings = connector.settings.parse(input)
      for (const name of secretFields(connector.settings)) remember(secrets, settings, name)
      const hookUrl = `https://hub.example/hooks/${connector.manifest.id}/contract-key`
      return { id: '01900000-0000-7000-8000-000000000000', key: 'contract-key', settings, hookUrl }
    },
    async httpVendor(answer) {
      return `http://127.0.0.1:${await listen(createServer(answer))}`
    },
    tcpVendor: (talk) => listen(createTcpServer(talk)),
    // No system gives a port below 1024 to whoever asks for any: one found free and given back may be another test's by the next line.
    closedPort: async () => 2,
    async close() {
      for (const socket of sockets) socket.destroy()
      for (const server of servers) await new Promise((resolve) => server.close(resolve))
    },
  }
}

function remember(secrets: Set<string>, settings: unknown, name: string): void {
  const value = typeof settings === 'object' && settings !== null ? Reflect.get(settings, name) : undefined
  if (typeof value === 'string' && value.length >= 4) secrets.add(value)
}

function capturingLogger(lines: string[]): Logger {
  const write = (fields: object, text: string) => void lines.push(`${text} ${visible(fields)}`)
  return { debug: write, info: write, warn: write, error: write }
}

/** Everything a log or a debugger could show of a value, errors with stack and cause included. */
export function visible(value: unknown): string {
  if (value instanceof Error) {
    const { stack, message, cause } = value
    return [stack, message, ...Object.values(value).map(visible), cause === undefined ? '' : visible(cause)].join(' ')
  }
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, item]) => `${name}=${visible(item)}`)
    .join(' ')
}
