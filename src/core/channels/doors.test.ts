import { createServer, type Server } from 'node:net'
import { expect, it, vi } from 'vitest'
import { silentLogger, testConnector } from '../../../tests/support/test-connector.ts'
import type { DoorHub, Hub } from '../connector/hub.ts'
import type { LoadedChannel } from './channel.ts'
import type { ChannelDirectory } from './channel-directory.ts'
import { openDoors } from './doors.ts'

function doorOf(id: string, close: () => void = () => {}) {
  const connector = testConnector({
    async openDoor(hub) {
      const server: Server = createServer()
      await new Promise<void>((done, failed) => server.once('error', failed).listen(hub.listen.port, hub.listen.host, done))
      return {
        close: async () => {
          await new Promise((done) => server.close(done))
          close()
        },
      }
    },
  })
  return { ...connector, manifest: { ...connector.manifest, id } }
}

const channelOf = (connector: LoadedChannel['connector'], key: string) =>
  ({ id: key, key, connector, settings: {}, settingsFault: undefined, pausedAt: new Date() }) as unknown as LoadedChannel
const directoryOf = (channels: LoadedChannel[]) => ({ all: () => channels }) as unknown as ChannelDirectory
const rest = { hubOf: () => ({}) as Hub, logger: silentLogger, publicUrl: 'http://hub.test' }
const anyPort = { port: 0, host: '127.0.0.1' }

it('opens a door only for the connector that got a port, and shows it its own channels, paused ones too', async () => {
  const opened = vi.fn<(hub: DoorHub<unknown>) => Promise<{ close(): Promise<void> }>>(async () => ({ close: async () => {} }))
  const [one, two] = [
    { ...doorOf('one'), openDoor: opened },
    { ...doorOf('two'), openDoor: opened },
  ]
  const directory = directoryOf([channelOf(one, 'a'), channelOf(two, 'b')])
  const doors = await openDoors({ ...rest, connectors: [one, two], directory, listenOf: (id) => (id === 'two' ? anyPort : undefined) })
  expect(opened).toHaveBeenCalledOnce()
  expect(await opened.mock.calls[0]?.[0].channels()).toMatchObject([{ key: 'b', hookUrl: 'http://hub.test/hooks/two/b' }])
  await doors.close()
})

it('closes what is open when another port cannot be had', async () => {
  const taken = createServer()
  await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done))
  const address = taken.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const closed = vi.fn()
  const listenOf = (id: string) => (id === 'one' ? anyPort : { ...anyPort, port })
  await expect(openDoors({ ...rest, connectors: [doorOf('one', closed), doorOf('two')], directory: directoryOf([]), listenOf })).rejects.toThrow(
    'EADDRINUSE',
  )
  expect(closed).toHaveBeenCalledOnce()
  await new Promise((done) => taken.close(done))
})
