import type { RawDelivery } from '../../core/connector/delivery.ts'

/** What a channel's settings say of who may send. */
interface Allowed {
  proof: 'url' | 'secret' | 'public'
  origins: string[]
}

/** `shop.example`, `*.shop.example`, `https://shop.example:8443/x` → host (and scheme, where one was given) in the form browsers send. */
export function normaliseOrigin(written: string): { scheme?: string; host: string; anySubdomain: boolean } | undefined {
  const match = /^(?:(https?):\/\/)?(\*\.)?([^/\s*]+)(?:\/.*)?$/i.exec(written.trim())
  const [, scheme, wildcard, host] = match ?? []
  if (host === undefined) return undefined
  const url = URL.parse(`${scheme ?? 'https'}://${host}`)
  if (url === null || url.username !== '') return undefined
  const base = { host: url.host, anySubdomain: wildcard !== undefined }
  return scheme === undefined ? base : { ...base, scheme: scheme.toLowerCase() }
}

/** The page that a browser says it sends from; undefined when it says none. */
export function senderOrigin(request: RawDelivery): URL | undefined {
  const written = request.headers.origin ?? request.headers.referer
  return (written === undefined ? null : URL.parse(written)) ?? undefined
}

/** Filters only: whoever writes his own HTTP client can claim any origin. */
export function isAllowedOrigin(origin: URL | undefined, allowed: string[]): boolean {
  if (allowed.length === 0) return true
  if (origin === undefined) return false
  return allowed.some((written) => {
    const rule = normaliseOrigin(written)
    if (rule === undefined || (rule.scheme !== undefined && `${rule.scheme}:` !== origin.protocol)) return false
    return rule.anySubdomain ? origin.host.endsWith(`.${rule.host}`) : origin.host === rule.host
  })
}

/**
 * CORS headers of an answer (https://fetch.spec.whatwg.org/#http-cors-protocol). Nothing for `secret`: a page cannot keep one.
 * `url` answers every page, for its key is the proof; never with credentials.
 */
export function corsHeaders(request: RawDelivery, settings: Allowed): Record<string, string> {
  if (settings.proof === 'secret' || request.headers.origin === undefined) return {}
  if (settings.proof === 'url' || settings.origins.length === 0) return { 'access-control-allow-origin': '*' }
  if (!isAllowedOrigin(senderOrigin(request), settings.origins)) return {}
  return { 'access-control-allow-origin': request.headers.origin, vary: 'Origin' }
}

/** Answer to a browser's preflight. */
export function preflightHeaders(request: RawDelivery, settings: Allowed): Record<string, string> {
  const cors = corsHeaders(request, settings)
  if (Object.keys(cors).length === 0) return {}
  return {
    ...cors,
    'access-control-allow-methods': 'POST, GET',
    'access-control-allow-headers': 'content-type, accept, idempotency-key, x-idempotency-key',
    'access-control-max-age': '7200',
  }
}
