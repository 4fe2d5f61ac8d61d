import { mask, maskHeaders } from './delivery.ts'

/** Headers that carry a proof by their name, whatever channel they were meant for: a mistyped secret is nearly the true one. */
const secretName = /(token|secret|passw|api-?key|auth|credential|session)/

/**
 * What of a refused request may be shown to people: credentials are struck out by the header's name, and the channel's secrets wherever they
 * stand, also as written in addresses and in JSON.
 */
export function maskRefusal(refused: { headers: Record<string, string>; body: Uint8Array }, secrets: readonly string[]) {
  const forms = secrets.filter((secret) => secret.length >= shortestSecret).flatMap(writtenForms)
  const masked = Object.entries(maskHeaders(refused.headers, forms)).map(([name, value]) => [name, secretName.test(name) ? mask : value])
  return { headers: Object.fromEntries(masked) as Record<string, string>, body: strikeOut(refused.body, forms) }
}

const shortestSecret = 4

function writtenForms(secret: string): string[] {
  return [...new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString('base64')])]
}

/** Byte by byte: a body may be in any charset, or in none. */
function strikeOut(body: Uint8Array, forms: string[]): Uint8Array {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')
  const struck = forms.reduce((rest, form) => rest.replaceAll(Buffer.from(form).toString('latin1'), '****'), text)
  return struck === text ? body : Buffer.from(struck, 'latin1')
}
