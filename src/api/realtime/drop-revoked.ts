import { accessTopic } from '../../core/access/change-user.ts'
import { readRevoked } from '../../core/access/read-revoked.ts'
import type { Logger } from '../../core/connector/hub.ts'
import { listen } from '../../core/database/listen.ts'
import type { Pool } from '../../core/database/pool.ts'
import type { LiveServer, LiveSocket } from './live-socket.ts'

const sweepMs = 4000

/**
 * Closes the sockets of whoever was switched off, revoked, signed out or given other rights: told by NOTIFY at once, and by a look at the
 * tables every 4 s for what NOTIFY missed. A client that may come back connects anew and is asked who it is.
 */
export async function dropRevoked(deps: {
  server: LiveServer
  pool: Pool
  databaseUrl: string
  logger: Logger
}): Promise<{ close(): Promise<void> }> {
  const sockets = () => [...deps.server.sockets.sockets.values()]
  const sweep = async () => {
    const open = sockets()
    if (open.length === 0) return
    const revoked = await readRevoked(deps.pool, {
      actorIds: [...new Set(open.map((socket) => socket.data.actor.id))],
      sessionIds: open.flatMap((socket) => socket.data.sessionId ?? []),
    })
    for (const socket of open) if (revoked.has(socket.data.sessionId ?? '') || revoked.has(socket.data.actor.id)) drop(socket)
  }
  const sweepQuietly = () => {
    sweep().catch((error: unknown) => deps.logger.warn({ error: String(error) }, 'sockets could not be checked; they will be in 4 s'))
  }
  const listening = await listen(deps, accessTopic, (id) => {
    if (id === undefined) sweepQuietly()
    else for (const socket of sockets()) if (socket.data.actor.id === id) drop(socket)
  })
  const timer = setInterval(sweepQuietly, sweepMs)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      await listening.close()
    },
  }
}

/** Closes the connection below the socket: clients try to come back by themselves, and are refused if they may not. */
function drop(socket: LiveSocket): void {
  socket.conn.close()
}
