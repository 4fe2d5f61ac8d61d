export interface SettingSchema {
  type?: string
  /** `date`, `color` … */
  format?: string
  title?: string
  titleRu?: string
  /** Seldom touched: folded away. */
  advanced?: boolean
  description?: string
  descriptionRu?: string
  default?: unknown
  enum?: unknown[]
  /** Words for the values of `enum`. */
  choices?: Record<string, { en: string; ru: string }>
  /** The id of another channel that has this medium. */
  channelOf?: string
  secret?: boolean
  items?: { type?: string }
}

/** JSON Schema of a channel's settings, as far as a form shows it. */
export interface SettingsSchema {
  properties?: Record<string, SettingSchema>
  required?: string[]
}

/** Fields of plain values and lists of words; deeper ones have screens of their own. */
export function isShown(property: SettingSchema): boolean {
  if (property.type === 'array') return property.items?.type === 'string'
  return property.enum !== undefined || ['string', 'boolean', 'integer', 'number'].includes(property.type ?? '')
}

/** What was changed in a channel's settings, as the API takes it: null for what was emptied. What others changed meanwhile stays theirs. */
export function changesOf(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  return Object.fromEntries(changed.map((name) => [name, after[name] ?? null]))
}
