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
