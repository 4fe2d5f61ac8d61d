import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type CheckResult, defineConnector } from '../../src/core/connector/connector.ts'
import type { RawDelivery, ReceivedDelivery, Verdict } from '../../src/core/connector/delivery.ts'
import type { InboundEvent } from '../../src/core/connector/event.ts'
import type { Manifest } from '../../src/core/connector/manifest.ts'

// A whole connector in one page: a door-bell at the shop that sends a line of JSON for each visitor who leaves his number.
// Start the hub with CONNECTORS=examples/connector-example and the catalogue has it.

const manifest: Manifest = {
  id: 'doorbell',
  title: { en: 'Door-bell', ru: 'Дверной звонок' },
  summary: { en: 'Visitors who left their number at the door.', ru: 'Посетители, оставившие номер у двери.' },
  media: ['door'],
  transport: ['webhook'],
  proof: ['url'],
  abilities: ['verify', 'dedupeKey'],
  steps: [{ en: 'Copy the address of this channel into the door-bell.', ru: 'Скопируйте адрес этого канала в настройки звонка.' }],
  icon: '<path d="M6 16V11a6 6 0 0 1 12 0v5l2 2H4z"/>',
}

const settings = z.object({
  shop: z.string().default('').meta({ title: 'Name of the shop' }),
})

const ring = z.object({
  id: z.string().min(1),
  at: z.iso.datetime({ offset: true }).optional(),
  name: z.string().optional(),
  phone: z.string().min(5),
  text: z.string().default(''),
})
const body = z.looseObject({ kind: z.string() })

export const doorbell = defineConnector<z.infer<typeof settings>>({
  manifest,
  settings,
  // There is nothing to log in to.
  check: async (): Promise<CheckResult> => ({ ok: true }),
  verify: (request): Verdict => (request.method === 'POST' ? { is: 'ok' } : { is: 'refused', reason: 'The door-bell sends by POST' }),
  dedupeKey: (request) => ring.safeParse(read(request)).data?.id,
  normalise,
})

function normalise(delivery: ReceivedDelivery, { shop }: z.infer<typeof settings>): InboundEvent[] {
  const said = body.safeParse(read(delivery)).data
  const print = createHash('sha256').update(delivery.body).digest('hex').slice(0, 32)
  if (!said) return [{ type: 'malformed', key: print, reason: 'The body is not JSON with a kind' }]
  if (said.kind !== 'ring') return [{ type: 'unsupported', key: print, reason: `A door-bell that says "${said.kind}"` }]
  const rung = ring.safeParse(said)
  if (!rung.success) return [{ type: 'malformed', key: print, reason: z.prettifyError(rung.error) }]
  const { id, at, name, phone, text } = rung.data
  return [
    {
      type: 'message',
      key: `ring:${id}`,
      externalId: id,
      direction: 'inbound',
      // Anybody can type a number at a door: claimed, not attested.
      from: { identities: [{ kind: 'phone', value: phone, evidence: 'claimed' }], ...(name === undefined ? {} : { name }) },
      conversation: { by: 'contact' },
      text,
      ...(at === undefined ? {} : { occurredAt: new Date(at).toISOString() }),
      ...(shop === '' ? {} : { source: { campaign: shop } }),
    },
  ]
}

function read(delivery: RawDelivery): unknown {
  try {
    return JSON.parse(Buffer.from(delivery.body).toString('utf8'))
  } catch {
    return undefined
  }
}
