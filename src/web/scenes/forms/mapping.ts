import type { api } from '../../api/client.ts'
import { isRecord } from '../../components/is-record.ts'

export type Preview = Awaited<ReturnType<typeof api.channelTools.preview>>['items'][number]
export type Card = Preview['card']

/** What the mapping says of one field; the settings may hold the meaning alone, as a word. */
export interface Mapped {
  as?: string
  country?: string
  date?: string
  choices?: Record<string, string>
}

export type Mapping = Record<string, Mapped>

/** Of a channel's settings, whatever else is in them. */
export function mappingOf(settings: Record<string, unknown>): Mapping {
  const stored = isRecord(settings.mapping) ? settings.mapping : {}
  return Object.fromEntries(Object.entries(stored).map(([path, to]) => [path, typeof to === 'string' ? { as: to } : isRecord(to) ? { ...to } : {}]))
}

/** The same with a field changed; a field of which nothing is said is left out. `undefined` takes a part away. */
export function withField(mapping: Mapping, path: string, change: { [part in keyof Mapped]: Mapped[part] | undefined }): Mapping {
  const merged = Object.entries({ ...mapping[path], ...change }).filter(([, value]) => value !== undefined && value !== '')
  const { [path]: _former, ...rest } = mapping
  return merged.length === 0 ? rest : { ...rest, [path]: Object.fromEntries(merged) }
}

export function isSameMapping(a: Mapping, b: Mapping): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

function sorted(value: unknown): unknown {
  if (!isRecord(value)) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, sorted(inner)])
}

/** The meanings that the settings' schema allows. */
export function rolesOf(schema: { properties?: Record<string, unknown> } | undefined): string[] {
  const mapping = schema?.properties?.mapping
  const item = isRecord(mapping) && isRecord(mapping.additionalProperties) ? mapping.additionalProperties : {}
  const variants = Array.isArray(item.anyOf) ? item.anyOf.filter(isRecord) : [item]
  return variants.flatMap(({ enum: words }) => (Array.isArray(words) ? words.map(String) : []))
}

/** `1 = Windows`, one per line; lines that say nothing are passed over. */
export function parseChoices(text: string): Record<string, string> | undefined {
  const pairs = text.split('\n').flatMap((line): [string, string][] => {
    const at = line.indexOf('=')
    const [key, word] = [line.slice(0, at).trim(), line.slice(at + 1).trim()]
    return at > 0 && key !== '' && word !== '' ? [[key, word]] : []
  })
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs)
}

export function shownChoices(choices: Record<string, string> | undefined): string {
  return Object.entries(choices ?? {})
    .map(([key, word]) => `${key} = ${word}`)
    .join('\n')
}
