import { addEntry, type Collector, limits, toPath } from './entries.ts'
import { takeDataUrl, takeFileObject } from './packed-files.ts'
import { parseJson } from './parse-json.ts'

const nameKeys = ['label', 'title', 'question', 'name', 'key', 'field', 'id']
const valueKeys = ['value', 'values', 'answer', 'response']
const wrappers = /^(data|payload|rawrequest|json|fields|form|form_data|formdata|answers)$/i

/** Any JSON → fields in order. Lists of plain values are joined; lists of `{ title, value }` (Google, Tally, Lead Ads, jQuery) become fields of that title. */
export function flattenJson(value: unknown, into: Collector, path = '', depth = 0): void {
  if (value === null || value === undefined) return
  if (depth > limits.depth) {
    addEntry(into, { name: path, path, value: '(nested too deep: see the delivery log)' })
  } else if (Array.isArray(value)) {
    flattenList(value, into, path, depth)
  } else if (isRecord(value)) {
    if (takeFileObject(value, into, path)) return
    for (const [key, inner] of Object.entries(value)) flattenJson(inner, into, path === '' ? key : `${path}.${key}`, depth + 1)
  } else {
    flattenText(String(value), into, path, depth)
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `{ title, value }` and its many spellings. */
export function asPair(item: unknown): { name: string; path: string; type?: string; value: unknown } | undefined {
  if (!isRecord(item)) return undefined
  const valueKey = valueKeys.find((key) => Object.hasOwn(item, key))
  const name = nameKeys.map((key) => item[key]).find((value) => typeof value === 'string' && value.trim() !== '')
  if (valueKey === undefined || typeof name !== 'string') return undefined
  const key = [item.key, item.name, item.id].find((value) => typeof value === 'string')
  const pair = { name, path: typeof key === 'string' ? key : name, value: chosen(item[valueKey], item.options) }
  return typeof item.type === 'string' ? { ...pair, type: item.type.toLowerCase() } : pair
}

function flattenList(list: unknown[], into: Collector, path: string, depth: number): void {
  if (list.every((item) => !isRecord(item) && !Array.isArray(item))) {
    addEntry(into, { name: path, path, value: list.filter((item) => item !== null).join(', ') })
    return
  }
  const pairs = list.map(asPair)
  for (const [index, item] of list.entries()) {
    const pair = pairs[index]
    if (pair === undefined) flattenJson(item, into, path === '' ? String(index) : `${path}.${index}`, depth + 1)
    else addPair(pair, into, depth)
  }
}

function addPair(pair: { name: string; path: string; type?: string; value: unknown }, into: Collector, depth: number): void {
  if (isRecord(pair.value)) {
    flattenJson(pair.value, into, pair.path, depth + 1)
    return
  }
  if (typeof pair.value === 'string' && takeDataUrl(pair.value, into, pair)) return
  const plain = Array.isArray(pair.value) ? pair.value.map(toText).filter((text) => text !== '') : [toText(pair.value)]
  const entry = { name: pair.name, path: pair.path, value: plain.join(', ') }
  addEntry(into, pair.type === undefined ? entry : { ...entry, type: pair.type })
}

/** One value under its name as it came; JSON packed into a text (JotForm's `rawRequest`, `data={…}`) is unpacked. */
export function flattenText(text: string, into: Collector, name: string, depth = 0): void {
  const path = toPath(name)
  const lastSegment = path.slice(path.lastIndexOf('.') + 1)
  const inner = wrappers.test(lastSegment) && /^\s*[[{]/.test(text) ? parseJson(text) : undefined
  if (typeof inner === 'object') flattenJson(inner, into, '', depth + 1)
  else if (!takeDataUrl(text, into, { name, path })) addEntry(into, { name, path, value: text })
}

/** Tally and others send ids of the chosen options beside the list of options. */
function chosen(value: unknown, options: unknown): unknown {
  if (!Array.isArray(value) || !Array.isArray(options)) return value
  const texts = new Map(options.filter(isRecord).map((option) => [option.id, option.text ?? option.label]))
  return value.map((id: unknown) => texts.get(id) ?? id)
}

function toText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'object') return String(value)
  try {
    return JSON.stringify(value)
  } catch {
    return '(nested too deep: see the delivery log)'
  }
}
