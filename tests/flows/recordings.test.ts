import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hasSpeech, spokenCall } from '../support/real-speech.ts'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'
import { stereoWav } from '../support/stereo-wav.ts'

const settings = { apiKey: 'k1', apiSalt: 's1' }
/** Kept as a PBX keeps it: A-law, each side on its own track. */
const talk = hasSpeech() ? await spokenCall('WAV, A-law') : { bytes: stereoWav(3), seconds: 3 }
const wav = talk.bytes
let hub: RunningHub
let vendor: Server
let hookUrl: string
let asked = 0

beforeAll(async () => {
  vendor = createServer(async (request, response) => {
    if (request.url === '/queries/recording/post') {
      asked++
      const isHuge = (await text(request)).includes('huge')
      response.writeHead(302, { location: isHuge ? '/file/huge' : '/file/rec1' }).end()
    } else if (request.url === '/file/huge') response.writeHead(200, { 'content-length': 600_000_000 }).write(wav)
    else if (request.url === '/file/rec1') response.writeHead(200, { 'content-type': 'audio/mp3' }).end(wav)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve))
  hub = await startRunningHub()
  const apiRoot = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`
  ;({ hookUrl } = await hub.addChannel('mango-office', { ...settings, apiRoot }))
})
afterAll(async () => {
  await hub.close()
  vendor.closeAllConnections()
  vendor.close()
})

async function send(path: string, event: object): Promise<number> {
  const json = JSON.stringify(event)
  const sign = createHash('sha256').update(`${settings.apiKey}${json}${settings.apiSalt}`).digest('hex')
  return (await fetch(`${hookUrl}${path}`, { method: 'POST', body: new URLSearchParams({ vpbx_api_key: settings.apiKey, sign, json }) })).status
}

interface Recording {
  id: string
  state: string
  reason: string | null
  url: string | null
  seconds: number | null
}
interface Call {
  id: string
  recordings: Recording[]
}

const calls = async () => (await hub.api<{ items: Call[] }>('GET', '/calls')).items

test('a recording is fetched with the credentials of its vendor, measured, played by ranges and by link, and erased for good', async () => {
  const recording = {
    recording_id: 'rec1',
    recording_state: 'Completed',
    seq: 2,
    entry_id: 'e1',
    call_id: 'c1',
    extension: '101',
    timestamp: 1_700_000_072,
    completion_code: 1000,
  }
  expect(await send('/events/recording', recording)).toBe(200)
  expect(await send('/events/recording', recording)).toBe(200)
  await expect.poll(async () => (await calls())[0]?.recordings[0]?.state, { timeout: 60_000 }).toBe('ready')
  const [call] = await calls()
  const [kept] = call?.recordings ?? []
  if (!call || !kept?.url) throw new Error('the recording is ready')
  expect(kept.seconds).toBeCloseTo(talk.seconds, 1)
  expect(asked).toBe(1)

  const waveform = await hub.api<{ peaks: number[][] }>('GET', `/calls/${call.id}/recordings/${kept.id}/waveform`)
  expect(waveform.peaks).toHaveLength(2)

  const { url } = await hub.api<{ url: string }>('POST', `/calls/${call.id}/recordings/${kept.id}/link`)
  const part = await fetch(`${hub.url}${url}`, { headers: { range: 'bytes=4-7' } })
  expect(part.status).toBe(206)
  expect(part.headers.get('content-range')).toBe(`bytes 4-7/${wav.length}`)
  expect(Buffer.from(await part.arrayBuffer())).toEqual(Buffer.from(wav.subarray(4, 8)))
  expect((await fetch(`${hub.url}${url}`, { headers: { range: `bytes=${wav.length}-` } })).status).toBe(416)
  expect((await fetch(`${hub.url}${url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))}`)).status).toBe(404)
  expect((await fetch(`${hub.url}${kept.url}`)).status).toBe(401)

  const saved = await hub.api<{ url: string }>('POST', `/calls/${call.id}/recordings/${kept.id}/download`)
  const file = await fetch(`${hub.url}${saved.url}`)
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w-]+\.wav"$/)
  expect(
    createHash('sha256')
      .update(Buffer.from(await file.arrayBuffer()))
      .digest('hex'),
  ).toBe(createHash('sha256').update(wav).digest('hex'))

  await hub.api('DELETE', `/calls/${call.id}/recordings/${kept.id}`)
  expect((await calls())[0]?.recordings).toMatchObject([{ state: 'erased', url: null }])
  expect((await fetch(`${hub.url}${saved.url}`)).status).toBe(404)
  const audit = await hub.api<{ items: { action: string }[] }>('GET', '/audit')
  expect(audit.items.map(({ action }) => action)).toEqual(expect.arrayContaining(['recording.listened', 'recording.downloaded', 'recording.erased']))
  expect(await send('/events/recording', { ...recording, seq: 3 })).toBe(200)
  await expect.poll(async () => (await hub.api<{ items: object[] }>('GET', '/deliveries?status=applied')).items.length).toBe(2)
  expect((await calls())[0]?.recordings).toMatchObject([{ state: 'erased' }])
})

test('what is too large for a recording is left where it is, and said', async () => {
  const recording = { recording_id: 'huge', recording_state: 'Completed', seq: 1, entry_id: 'e3', call_id: 'c3', completion_code: 1000 }
  expect(await send('/events/recording', recording)).toBe(200)
  await expect
    .poll(async () => (await calls()).flatMap((call) => call.recordings).find((one) => one.state === 'missing'), { timeout: 20_000 })
    .toMatchObject({ reason: expect.stringContaining('500 MB'), url: null })
})

test('a recording that the vendor does not have is said to be on its way, with the reason', async () => {
  const recording = { recording_id: 'gone', recording_state: 'Completed', seq: 1, entry_id: 'e2', call_id: 'c2', completion_code: 4002 }
  expect(await send('/events/recording', recording)).toBe(200)
  await expect
    .poll(async () => (await calls()).flatMap((call) => call.recordings).find((one) => one.reason === 'too_short'))
    .toMatchObject({ state: 'missing', url: null })
})
