import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { eventsConnector, type IntakeHub, intakeHub } from '../../../tests/support/intake-hub.ts'
import { silentLogger } from '../../../tests/support/test-connector.ts'
import type { Connector } from '../connector/connector.ts'
import { createHookDoor } from './hook-door.ts'

let hub: IntakeHub
let server: Server
afterEach(async () => {
  server.close()
  await hub.close()
})

async function post(transport: Connector['manifest']['transport']): Promise<{ status: number; deliveries: number }> {
  hub = await intakeHub({ connector: { ...eventsConnector, manifest: { ...eventsConnector.manifest, transport } } })
  const door = createHookDoor({ ...hub, logger: silentLogger, hookUrl: () => '', callerOf: () => '' })
  server = createServer((request, response) => void door(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const key = hub.channels.byId(hub.channelId)?.key
  const { status } = await fetch(`http://127.0.0.1:${port}/hooks/test/${key}`, { method: 'POST', body: '[]' })
  const { rowCount } = await hub.pool.query('select from deliveries')
  return { status, deliveries: rowCount ?? 0 }
}

test('takes what comes for a connector with webhooks', async () => {
  expect(await post(['webhook'])).toEqual({ status: 200, deliveries: 1 })
})

test('knows no key of a connector without webhooks: nobody proves anything there', async () => {
  expect(await post(['session', 'door'])).toEqual({ status: 404, deliveries: 0 })
})
