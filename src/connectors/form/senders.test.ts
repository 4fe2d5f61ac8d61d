import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fc } from '../../../tests/support/dice.ts'
import type { InboundEvent } from '../../core/connector/event.ts'
import { normalise, readFields } from './inbound.ts'
import { senders } from './senders.ts'
import { settings } from './settings.ts'

const fixture = z.object({ headers: z.record(z.string(), z.string()), body: z.unknown(), settings: z.unknown().default({}) })
const at = new Date('2026-11-22T09:00:00Z')

function load(name: string) {
  const {
    headers,
    body,
    settings: given,
  } = fixture.parse(JSON.parse(readFileSync(new URL(`./fixtures/form__${name}.json`, import.meta.url), 'utf8')))
  const lower = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]))
  return { body, settings: settings.parse(given), delivery: delivery(body, lower) }
}

function delivery(body: unknown, headers: Record<string, string>) {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  return { method: 'POST', path: '', query: '', headers, body: bytes, receivedAt: at }
}

it('a changed mapping changes no key: a replay finds what stands', async () => {
  const { delivery: given, settings: plain } = load('wpforms')
  const key = (await normalise(given, plain))[0]?.key
  for (const mapping of [
    { fullname: 'page' },
    { 'Phone Number': 'ignore', 'e-mail': 'name' },
    { fullname: { as: 'topic', choices: { 'Anna Kim': 'x' } } },
  ])
    expect((await normalise(given, settings.parse({ ...plain, mapping })))[0]?.key).toBe(key)
})

describe('who sent it is told by the shape alone', () => {
  it.each([
    ['tilda', 'tilda'],
    ['tilda_hidden_utm', 'tilda'],
    ['tilda_order', 'tilda'],
    ['typeform', 'typeform'],
    ['cf7', 'cf7'],
    ['gravity_all', 'gravity'],
    ['cf7_posted', 'cf7'],
    ['cf7_consent_address', 'cf7'],
    ['gravity_named', 'gravity'],
    ['wpforms_json', 'wordpress'],
    ['tilda_ping', 'tilda'],
    ['typeform_test', 'typeform'],
    ['html', 'html'],
    ['wpforms', 'wpforms'],
    ['elementor_simple', 'elementor'],
    ['elementor_advanced', 'elementor'],
    ['google', 'google'],
    ['google_sheet', 'google'],
    ['yandex', 'yandex'],
    ['yandex_json_rpc', 'yandex'],
    ['tally', 'tally'],
    ['lead_ads', 'leadAds'],
    ['embed', 'embed'],
    ['urlencoded', 'html'],
    ['json', 'json'],
  ] as const)('%s is %s', async (name, sender) => {
    const given = load(name)
    const [read] = await readFields(given.delivery, given.settings)
    expect(read?.sender).toEqual(senders[sender])
  })
})

/** Where each preset keeps its answers, so that foreign ones can be put among them. */
const presets = ['tilda', 'cf7', 'gravity_all', 'wpforms', 'elementor_simple', 'embed', 'json', 'yandex', 'google', 'typeform'] as const
const strangers = fc.dictionary(
  fc.stringMatching(/^zz_[a-z]{1,8}$/),
  fc.string({ maxLength: 40 }).filter((text) => !/[@\d]/.test(text) && !/https?:|\[url|<a/.test(text)),
  { maxKeys: 5 },
)

describe.each(presets)('a %s', (name) => {
  const given = load(name)

  it('names the same person and the same request whatever else the site adds to it, in whatever order', async () => {
    const [plain] = await normalise(given.delivery, given.settings)
    await fc.assert(
      fc.asyncProperty(strangers, fc.boolean(), async (extra, first) => {
        const [event] = await normalise(delivery(withExtra(given.body, extra, first), given.delivery.headers), given.settings)
        if (!isOfContent(plain)) expect(event?.key).toBe(plain?.key)
        if (event?.type === 'form' && plain?.type === 'form') expect(event.from.identities).toEqual(plain.from.identities)
      }),
      { numRuns: 40 },
    )
  })

  it('is read the same every time, and cut anywhere it harms nobody', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(given.delivery.body.length), async (length) => {
        const cut = { ...given.delivery, body: given.delivery.body.subarray(0, length) }
        const [first, second] = [await normalise(cut, given.settings), await normalise(cut, given.settings)]
        expect(first).toEqual(second)
        expect(first.length).toBeGreaterThan(0)
      }),
      { numRuns: 40 },
    )
  })
})

/** Named by its answers: by a hash of all of them, or by a short number together with it. */
function isOfContent(event: InboundEvent | undefined): boolean {
  return event?.type !== 'form' || event.fingerprint !== undefined || /:[0-9a-f]{40}$/.test(event.key)
}

function withExtra(body: unknown, extra: Record<string, string>, first: boolean): unknown {
  if (typeof body === 'string') {
    const added = new URLSearchParams(extra).toString()
    return first ? `${added}&${body}` : `${body}&${added}`
  }
  return first ? { ...extra, ...(body as object) } : { ...(body as object), ...extra }
}
