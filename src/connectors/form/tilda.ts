import type { RawDelivery } from '../../core/connector/delivery.ts'

/**
 * Tilda sends `test=test` when its address is saved and wants 200 (https://help-ru.tilda.cc/forms/webhook). It is no request of a client.
 * The key that Tilda may add beside it does not matter.
 */
export function isTildaPing(request: RawDelivery): boolean {
  if (request.body.length > 300) return false
  const text = request.body.length === 0 ? request.query : Buffer.from(request.body).toString('latin1').trim()
  return /^(?:[^&]*&)?test=test(?:&[^&]*)?$/.test(text) || /^\{\s*"test"\s*:\s*"test"\s*\}$/.test(text)
}

/** Whether Tilda sent this: it names each request `tranid`. */
export function isFromTilda(request: RawDelivery): boolean {
  return Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength).includes('tranid=')
}

/** The tags in the cookies that Tilda passes on: `TILDAUTM=utm_source%3Dvk%7C%7C%7Cutm_campaign%3Dautumn`, and counters' ids beside it. */
export function tildaTags(cookies: string | undefined): [string, string][] {
  if (cookies === undefined) return []
  return cookies
    .slice(0, 16_000)
    .split(/;\s*/)
    .flatMap((cookie): [string, string][] => {
      const [name, value] = splitAt(cookie)
      if (name !== 'TILDAUTM') return [[name, unescapeText(value)]]
      return unescapeText(value).split('|||').map(splitAt)
    })
}

function splitAt(pair: string): [string, string] {
  const at = pair.indexOf('=')
  return at < 0 ? [pair.trim(), ''] : [pair.slice(0, at).trim(), pair.slice(at + 1)]
}

function unescapeText(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
