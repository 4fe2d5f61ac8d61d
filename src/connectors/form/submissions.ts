import { addEntry, type Collector, type Entry, finishEntries, newCollector } from './entries.ts'
import { flattenJson, isRecord } from './flatten-json.ts'
import { jsonRpc, leadAdsLead, leadAdsNotice, typeform, typeformAnswer } from './payloads.ts'

/** One filled-in form, whatever it was sent as. `key`: the vendor's own id of it. */
export interface Submission {
  is: 'submission'
  entries: Entry[]
  attachments: Collector['attachments']
  key?: string
}

export type ReadItem = Submission | { is: 'malformed'; reason: string } | { is: 'unsupported'; reason: string; key?: string }

/** A JSON body → what it holds. A list of objects is a batch: each item stands alone. */
export function readJson(json: unknown): ReadItem[] {
  if (Array.isArray(json) && isBatch(json)) return json.map((item: unknown) => readItem(item))
  if (typeof json !== 'object') return [{ is: 'malformed', reason: 'the body is a single value, not a form' }]
  return [readItem(json)]
}

/** Lists of `{ name, value }` are one form (jQuery's serializeArray); other lists of objects are several. */
function isBatch(list: unknown[]): boolean {
  return list.some(isRecord) && !list.every((item) => isRecord(item) && 'value' in item && ('name' in item || 'title' in item))
}

function readItem(json: unknown): ReadItem {
  if (typeof json !== 'object' || json === null) return { is: 'malformed', reason: 'an item of the list is not an object' }
  const rpc = jsonRpc.safeParse(json)
  if (rpc.success) return readItem(typeof rpc.data.params === 'object' && rpc.data.params !== null ? rpc.data.params : {})
  const notice = leadAdsNotice.safeParse(json)
  if (notice.success) return { is: 'unsupported', reason: 'Lead Ads send only ids here: the answers have to be fetched with the page token' }
  return readTypeform(json) ?? readLead(json) ?? flattened(json)
}

function flattened(json: unknown): ReadItem {
  const into = newCollector()
  flattenJson(json, into)
  if (into.entries.length === 0) return { is: 'malformed', reason: 'there is no field in it' }
  return { is: 'submission', entries: finishEntries(into), attachments: into.attachments }
}

function readTypeform(json: unknown): Submission | undefined {
  const read = typeform.safeParse(json)
  if (!read.success || read.data.event_type !== 'form_response') return undefined
  const { form_response: response } = read.data
  const into = newCollector()
  const titles = new Map((response.definition?.fields ?? []).map((field) => [field.id, field.title]))
  for (const raw of response.answers) addAnswer(raw, titles, into)
  flattenJson(response.hidden, into, 'hidden')
  add(into, 'form_id', response.form_id)
  add(into, 'form_name', response.definition?.title)
  add(into, 'submitted_at', response.submitted_at)
  const submission: Submission = { is: 'submission', entries: finishEntries(into), attachments: [] }
  const id = response.token ?? read.data.event_id
  return id === undefined ? submission : { ...submission, key: `typeform:${response.form_id ?? ''}:${id}` }
}

function addAnswer(raw: unknown, titles: Map<string, string | undefined>, into: Collector): void {
  const answer = typeformAnswer.safeParse(raw)
  if (!answer.success) {
    flattenJson(raw, into, 'answers')
    return
  }
  const { type, field } = answer.data
  const kind = field.type ?? type
  const name = titles.get(field.id) || field.ref || kind
  const value = answer.data[type]
  const shown = isRecord(value) ? (value.label ?? value.labels ?? value.amount ?? value.other ?? '') : value
  const text = Array.isArray(shown) ? shown.join(', ') : String(shown ?? '')
  addEntry(into, { name, path: field.ref ?? field.id, type: kind, value: text })
}

function readLead(json: unknown): Submission | undefined {
  const read = leadAdsLead.safeParse(json)
  if (!read.success) return undefined
  const { field_data: fields, id, ...rest } = read.data
  const into = newCollector()
  for (const field of fields) addEntry(into, { name: field.name, path: field.name, value: field.values.join(', ') })
  flattenJson(rest, into)
  return { is: 'submission', entries: finishEntries(into), attachments: [], key: `lead-ads:${id}` }
}

function add(into: Collector, name: string, value: string | undefined): void {
  if (value !== undefined) addEntry(into, { name, path: name, value })
}
