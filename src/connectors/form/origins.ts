import type { RawDelivery } from '../../core/connector/delivery.ts'
import { isAllowedOrigin } from '../kits/pages/origins.ts'

/** What a channel's settings say of who may send. */
interface Allowed {
  proof: 'url' | 'secret' | 'public'
  origins: string[]
}

/** The page that a browser says it sends from; undefined when it says none. */
export function senderOrigin(request: RawDelivery): URL | undefined {
  const written = request.headers.origin ?? request.headers.referer
  return (written === undefined ? null : URL.parse(written)) ?? undefined
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
