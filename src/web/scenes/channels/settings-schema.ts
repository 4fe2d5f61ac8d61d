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
