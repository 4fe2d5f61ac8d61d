import type { RawDelivery } from '../../core/connector/delivery.ts'

/** Names and values of a message: the vendor's page says form, its examples show JSON. Undefined: neither. */
export function readFields(request: Pick<RawDelivery, 'body' | 'headers'>): Map<string, string> | undefined {
  const text = Buffer.from(request.body).toString('utf8').trim()
  if (text === '') return undefined
  if (!text.startsWith('{')) return new Map(new URLSearchParams(text))
  try {
    const json: unknown = JSON.parse(text)
    if (typeof json !== 'object' || json === null) return undefined
    return new Map(
      Object.entries(json).flatMap(([name, value]) => (value === null || typeof value === 'object' ? [] : [[name, String(value)] as const])),
    )
  } catch {
    return undefined
  }
}
