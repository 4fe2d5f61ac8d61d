import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { RawDelivery } from '../../core/connector/delivery.ts'
import { twilioVoice } from './connector.ts'

let server: Server | undefined
afterEach(async () => {
  server?.closeAllConnections()
  await new Promise((resolve) => server?.close(resolve))
})

const time = (second: number) => new Date(Date.UTC(2026, 10, 22, 8, 0, second)).toUTCString().replace('GMT', '+0000')
const leg = (sid: string, more: object) => ({
  sid,
  status: 'completed',
  from: '+15551230001',
  to: '+15551230002',
  direction: 'inbound',
  duration: '75',
  start_time: time(0),
  end_time: time(75),
  ...more,
})
const child = { parent_call_sid: 'CA1', direction: 'outbound-dial', to: 'client:anna', duration: '62', start_time: time(5) }

/** Twilio's list in two pages, and its recordings. */
async function twilio(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://fake')
    asked.push(decodeURIComponent(url.search))
    const next = '/2010-04-01/Accounts/AC1/Calls.json?Page=1'
    const answer = url.pathname.endsWith('/Recordings.json')
      ? { recordings: [{ sid: 'RE1', call_sid: 'CA1', status: 'completed', source: 'DialVerb', channels: 2, duration: '61' }], next_page_uri: null }
      : url.searchParams.has('Page')
        ? { calls: [leg('CA2', child)], next_page_uri: null }
        : { calls: [leg('CA1', {}), leg('CA3', { from: '+15551230009' })], next_page_uri: next }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

test("Twilio's own list tells of calls that no hook told of, with their answers and recordings", async () => {
  const { url, asked } = await twilio()
  const settings = twilioVoice.settings.parse({ accountSid: 'AC1', authToken: 't', apiRoot: url })
  const delivered: RawDelivery[] = []
  const hub = {
    fetch: (address: string, init: RequestInit = {}) => fetch(address, init),
    deliver: async (raw: RawDelivery) => void delivered.push(raw),
  } as unknown as Parameters<NonNullable<typeof twilioVoice.history>>[2]
  const range = { from: new Date('2026-11-22T07:00:00Z'), to: new Date('2026-11-22T09:00:00Z') }
  await twilioVoice.history?.(range, { id: '1', key: 'k', settings, hookUrl: 'https://hub.example' }, hub)
  expect(asked[0]).toContain('StartTime>=2026-11-22T07:00:00Z')
  expect(delivered).toHaveLength(1)
  const [raw] = delivered
  if (!raw) throw new Error('nothing was handed over')
  const events = await twilioVoice.normalise({ ...raw, receivedAt: new Date() }, settings)
  expect(events).toMatchObject([
    { key: 'history:CA1', fact: 'summary', outcome: 'answered', startedAt: '2026-11-22T08:00:00.000Z', answeredAt: '2026-11-22T08:00:13.000Z' },
    { type: 'recording', recordingId: 'RE1', state: 'available', ref: 'RE1:2', seconds: 61, tracks: ['client', 'user'] },
    { key: 'history:CA3', fact: 'ended', outcome: 'missed' },
  ])
})
