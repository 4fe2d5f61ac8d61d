import type { ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { FormSubmitted, InboundEvent, Source } from '../../core/connector/event.ts'
import type { IdentityClaim } from '../../core/connector/identity.ts'
import { eachOnce, type Item, malformed, readItems, readWith, unsupported } from '../kits/meta/envelope.ts'
import { fetchedMethod } from './fetch-leads.ts'
import { type Lead, lead, leadgen } from './payloads.ts'
import type { Settings } from './settings.ts'

/** A fetched lead is a form; a webhook only says that there is one. */
export function normalise(delivery: ReceivedDelivery, settings: Settings): InboundEvent[] {
  if (delivery.method === fetchedMethod) return readWith(lead, parsed(delivery.body), (read) => [toForm(read)])
  const items = readItems(delivery.body, 'page')
  if (!items) return [malformed(Buffer.from(delivery.body).toString('base64'), 'The body is no event of a page')]
  return eachOnce(items.flatMap((item) => readNotice(item, settings)))
}

function readNotice(item: Item, { pageId }: Settings): InboundEvent[] {
  if (item.is === 'broken') return [malformed(item.value, 'A part of the batch cannot be read')]
  if (item.is !== 'change' || item.field !== 'leadgen') return [unsupported(item, 'Of a page nothing but leads is carried here')]
  if (item.entryId !== pageId) return [unsupported(item, `Addressed to another page of the same app: ${item.entryId}`)]
  return readWith(leadgen, item.value, ({ leadgen_id: id }) => [
    { type: 'unsupported', key: `notice:${id}`, reason: `Meta announced the lead ${id}: it is fetched, and comes as a delivery of its own` },
  ])
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
}

function toForm(read: Lead): FormSubmitted {
  const fields = read.field_data.map(({ name, values }) => ({ name, value: values.join(', ') }))
  const answerTo = (...names: string[]) => names.map((name) => fields.find((one) => one.name === name)?.value.trim()).find(Boolean)
  const name = answerTo('full_name') ?? ([answerTo('first_name'), answerTo('last_name')].filter(Boolean).join(' ') || undefined)
  const company = answerTo('company_name')
  const topic = read.form_name ?? read.campaign_name
  const consent = read.custom_disclaimer_responses?.filter(({ is_checked: checked }) => checked === true || checked === '1' || checked === 'true')
  const at = new Date(read.created_time ?? '')
  return {
    type: 'form',
    key: `lead:${read.id}`,
    ...(!Number.isNaN(at.getTime()) && { occurredAt: at.toISOString() }),
    from: { ...(name && { name }), identities: identitiesOf(answerTo) },
    ...(topic && { topic }),
    ...(company && { company }),
    text: fields.map((one) => `${one.name}: ${one.value}`).join('\n'),
    fields,
    source: sourceOf(read),
    ...(consent && consent.length > 0 && { consent: { text: consent.map(({ checkbox_key: key }) => key).join(', ') } }),
  }
}

/** Filled in from the profile, and open to changes by hand: said, not proven. */
function identitiesOf(answerTo: (...names: string[]) => string | undefined): IdentityClaim[] {
  const phone = answerTo('phone_number', 'phone', 'work_phone_number', 'whatsapp_number')
  const email = answerTo('email', 'work_email')
  return [
    ...(phone ? [{ kind: 'phone', value: phone.replace(/^p:/, ''), evidence: 'claimed' } as const] : []),
    ...(email ? [{ kind: 'email', value: email, evidence: 'claimed' } as const] : []),
  ]
}

function sourceOf(read: Lead): Source {
  const tags = {
    utm_source: read.platform,
    utm_medium: read.is_organic ? 'organic' : 'lead_ad',
    utm_campaign: read.campaign_name,
    utm_content: read.ad_name,
  }
  const extra = { formId: read.form_id, adId: read.ad_id, adSet: read.adset_name, campaignId: read.campaign_id }
  return { utm: filled(tags), ...(read.campaign_name && { campaign: read.campaign_name }), extra: filled(extra) }
}

function filled(of: Record<string, string | null | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(of).filter((pair): pair is [string, string] => Boolean(pair[1])))
}
