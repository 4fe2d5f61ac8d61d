import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './hub-process.ts'

/** A real Redis server on a free port with a folder of its own; undefined when none is installed. */
export async function testRedis(): Promise<{ url: string; close(): Promise<void> } | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-redis-'))
  const port = await freePort()
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'], {
    stdio: 'ignore',
  })
  const isMissing = await Promise.race([once(server, 'error').then(() => true), listening(port).then(() => false)])
  const removeFolder = () => rm(folder, { recursive: true, force: true })
  if (isMissing) {
    await removeFolder()
    return undefined
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    async close() {
      const gone = once(server, 'exit')
      server.kill()
      await gone
      await removeFolder()
    },
  }
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 2_400; tries++) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(() => false)
    socket.destroy()
    if (isOpen) return
    await new Promise((done) => setTimeout(done, 25))
  }
  throw new Error('Redis did not start.')
}
