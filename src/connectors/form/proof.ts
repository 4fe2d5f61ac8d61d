import { createHmac } from 'node:crypto'
import type { RawDelivery } from '../../core/connector/delivery.ts'
import { isSameSecret } from '../../core/connector/same-secret.ts'
import { maxDoorParseBytes, readBodyNow } from './parse-body.ts'

const secretHeaders = ['x-hub-key', 'x-api-key', 'x-secret', 'x-webhook-secret']
/** HMAC-SHA256 of the raw body: Typeform in base64 (https://www.typeform.com/developers/webhooks/secure-your-webhooks/), others in hex. */
const signatureHeaders = ['typeform-signature', 'x-hub-signature-256', 'x-signature', 'x-webhook-signature']

/** Why the secret is not proven; undefined when it is. A present signature decides alone. */
export function refusalOfSecret(request: RawDelivery, secret: string | undefined): string | undefined {
  if (secret === undefined || secret === '') return 'the channel has no secret yet'
  const signature = signatureHeaders.map((name) => request.headers[name]).find((value) => value !== undefined)
  if (signature !== undefined) return isSignedBy(signature, request.body, secret) ? undefined : 'the signature does not match the secret'
  const told =
    secretHeaders.map((name) => request.headers[name]).find((value) => value !== undefined) ?? bearer(request) ?? inQuery(request) ?? inBody(request)
  if (told === undefined) return 'no secret: header X-Hub-Key, X-Api-Key or Authorization: Bearer, or a field named secret'
  return isSameSecret(told, secret) ? undefined : 'the secret does not match'
}

function isSignedBy(signature: string, body: Uint8Array, secret: string): boolean {
  const mac = createHmac('sha256', secret).update(body).digest()
  const told = signature.trim().replace(/^sha256=/i, '')
  return isSameSecret(told, mac.toString('base64')) || isSameSecret(told.toLowerCase(), mac.toString('hex'))
}

function bearer(request: RawDelivery): string | undefined {
  return /^(?:Bearer|Token)\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1]
}

function inQuery(request: RawDelivery): string | undefined {
  return new URLSearchParams(request.query).get('secret') ?? undefined
}

/** Not in multipart, which cannot be read without waiting, nor in what is long: there the query or a header carries it. */
function inBody(request: RawDelivery): string | undefined {
  if (request.body.length > maxDoorParseBytes) return undefined
  for (const item of readBodyNow(request) ?? []) {
    const found = item.is === 'submission' ? item.entries.find((entry) => entry.path.toLowerCase() === 'secret') : undefined
    if (found !== undefined) return found.value
  }
  return undefined
}
