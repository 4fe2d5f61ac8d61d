/**
 * Makes a value fit for PostgreSQL: no NUL, no half of a surrogate pair. Bytes pass through untouched.
 */
export function cleanText<Value>(value: Value): Value
export function cleanText(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\u0000', '').toWellFormed()
  if (Array.isArray(value)) return value.map((item) => cleanText(item))
  if (value instanceof Uint8Array || value instanceof Date || typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [cleanText(name), cleanText(item)]))
}
