import pg from 'pg'
import type { Logger } from '../connector/hub.ts'

export interface Listening {
  close(): Promise<void>
}

/**
 * Calls `onNotify` for every NOTIFY on `channel`, and once after each (re)connection, since what was told meanwhile is not heard.
 * Reconnects for ever, 0.2 s to 5 s apart. Resolves when it listens, or when the first try failed.
 */
export async function listen(
  deps: { databaseUrl: string; logger: Logger },
  channel: string,
  onNotify: (payload: string | undefined) => void,
): Promise<Listening> {
  let client: pg.Client | undefined
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let pauseMs = 200

  const again = () => {
    if (closed || timer) return
    timer = setTimeout(() => {
      timer = undefined
      void connect()
    }, pauseMs)
    timer.unref()
    pauseMs = Math.min(pauseMs * 2, 5_000)
  }

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ connectionString: deps.databaseUrl, application_name: 'switchboard listen', keepAlive: true })
    client = fresh
    fresh.on('error', (error) => deps.logger.warn({ channel, error: error.message }, 'listening connection broke'))
    fresh.on('end', again)
    fresh.on('notification', (message) => onNotify(message.payload))
    try {
      await fresh.connect()
      await fresh.query(`listen ${pg.escapeIdentifier(channel)}`)
      pauseMs = 200
      if (!closed) onNotify(undefined)
    } catch (error) {
      deps.logger.debug({ channel, error: String(error) }, 'cannot listen yet')
      await fresh.end().catch(() => {})
      again()
    }
  }

  await connect()
  return {
    async close() {
      closed = true
      clearTimeout(timer)
      await client?.end().catch(() => {})
    },
  }
}
