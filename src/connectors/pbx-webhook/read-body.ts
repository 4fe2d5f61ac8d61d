import type { ReceivedDelivery } from '../../core/connector/delivery.ts'

const deepest = 8
const mostItems = 500
const mostValues = 300

export type Item = { values: Map<string, string> } | { fault: string }

/** The items of a body: one JSON object, a list of them, `{ events: […] }`, or the fields of a form. */
export function readItems(delivery: ReceivedDelivery): Item[] {
  const text = new TextDecoder().decode(delivery.body)
  if ((delivery.headers['content-type'] ?? '').includes('urlencoded')) return [{ values: new Map(new URLSearchParams(text)) }]
  const json = parse(text)
  if (json === undefined) return [{ fault: 'The body is not JSON' }]
  const list = Array.isArray(json) ? json : isRecord(json) && Array.isArray(json.events) ? json.events : [json]
  if (list.length > mostItems) return [{ fault: `More than ${mostItems} events in one body` }]
  return list.map((item) => (isRecord(item) ? { values: flatten(item) } : { fault: 'An event that is no object' }))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Plain values by their paths `a.b.c`, in order. */
function flatten(item: Record<string, unknown>): Map<string, string> {
  const values = new Map<string, string>()
  const walk = (value: unknown, path: string, depth: number): void => {
    if (values.size >= mostValues || depth > deepest || value === null || value === undefined) return
    if (typeof value === 'object') for (const [name, inner] of Object.entries(value)) walk(inner, path === '' ? name : `${path}.${name}`, depth + 1)
    else if (String(value) !== '') values.set(path, String(value))
  }
  walk(item, '', 0)
  return values
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
