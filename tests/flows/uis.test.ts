import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'
import { stereoWav } from '../support/stereo-wav.ts'

const token = 'token-of-the-flow-1'
let pbx: Server
let mediaRoot: string
let hub: RunningHub
let channel: { id: string; hookUrl: string }
let templates: Map<string, string>

beforeAll(async () => {
  pbx = createServer((_request, response) => void response.end(stereoWav(1)))
  await new Promise<void>((listening) => pbx.listen(0, '127.0.0.1', listening))
  mediaRoot = `http://127.0.0.1:${(pbx.address() as AddressInfo).port}`
  hub = await startRunningHub()
  channel = await hub.addChannel('uis', { token, mediaRoot })
  const { items } = await hub.api<{ items: { id: string; code: string }[] }>('GET', `/channels/${channel.id}/snippets`)
  templates = new Map(items.map(({ id, code }) => [id, code]))
})
afterAll(async () => {
  await hub?.close()
  await new Promise((closed) => pbx.close(closed))
})

const began = Math.floor(Date.now() / 1000) - 71

/** The template as the user pastes it, with its variables put in as the cabinet does: JSON, null for what there is not. */
function notify(template: string, values: Record<string, unknown>, shown = token): Promise<Response> {
  const told: Record<string, unknown> = {
    call_session_id: 180123456,
    contact_phone_number: '79990001122',
    virtual_phone_number: '74950000000',
    ...values,
  }
  const body = (templates.get(template) ?? '')
    .replace('YOUR_TOKEN', shown)
    .replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => JSON.stringify(told[name] ?? null))
  return fetch(channel.hookUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
}

interface Call {
  id: string
  state: string
  outcome: string | null
  contactId: string | null
  talkSeconds: number | null
  waitSeconds: number | null
  dialled: string | null
  recordings: { state: string }[]
}
const calls = async () => (await hub.api<{ items: Call[] }>('GET', '/calls')).items

test('a notification with another token is refused, and one whose template was torn says so', async () => {
  expect((await notify('incoming', { notification_timestamp: began }, 'another')).status).toBe(401)
  const torn = await fetch(channel.hookUrl, { method: 'POST', body: '{"token": "token-of-the-flow-1", "event": ' })
  expect([torn.status, await torn.text()]).toEqual([401, expect.stringContaining('template')])
  expect(await calls()).toEqual([])
})

test('a call told by the templates, shuffled and twice, is one call with its recording', async () => {
  const of = { direction: 'in', employee_id: 2345 }
  const story: [string, Record<string, unknown>][] = [
    ['finished', { ...of, notification_timestamp: began + 71, talk_time_duration: 62, wait_time_duration: 9, total_time_duration: 71 }],
    ['recorded', { notification_timestamp: began + 75, file_link: `${mediaRoot}/system/media/talk/180123456/0f1e/`, file_duration: 1 }],
    ['answered', { ...of, notification_timestamp: began + 9 }],
    ['incoming', { notification_timestamp: began, contact_full_name: 'Анна Петрова' }],
    ['talk_ended', { ...of, notification_timestamp: began + 71 }],
    ['ringing', { ...of, notification_timestamp: began + 1 }],
  ]
  for (const [template, values] of [...story, ...story]) expect((await notify(template, values)).status).toBe(200)
  const told = { state: 'ended', outcome: 'answered', talkSeconds: 62, waitSeconds: 9, dialled: '+74950000000', recordings: [{ state: 'ready' }] }
  await expect.poll(calls, { timeout: 60_000 }).toMatchObject([told])
  const [call] = await calls()
  const timeline = await hub.api<{ items: object[] }>('GET', `/contacts/${call?.contactId}/timeline`)
  expect(timeline.items).toMatchObject([{ kind: 'call', callId: call?.id, direction: 'inbound' }])
})

test('a lost call is missed before its totals come', async () => {
  expect((await notify('lost', { call_session_id: 180123457, notification_timestamp: began + 80, wait_time_duration: 20 })).status).toBe(200)
  await expect.poll(async () => (await calls()).map((call) => String(call.outcome)).toSorted(), { timeout: 60_000 }).toEqual(['answered', 'missed'])
})
