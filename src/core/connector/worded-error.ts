import { ConnectorError, type ConnectorErrorCode } from './errors.ts'
import type { Localised } from './manifest.ts'

/** A ConnectorError whose words are there in both languages. */
export function wordedError(code: ConnectorErrorCode, words: Localised, retryAfterMs?: number): ConnectorError {
  return new ConnectorError(code, words.en, { words, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) })
}

// Codes of a connection that was never made, so nothing can have been said over it.
const neverMade =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EPROTO|UND_ERR_CONNECT_TIMEOUT|.*CERT.*|UNABLE_TO_.*|ERR_TLS_.*)$/

/**
 * What a failed `fetch` means. `mayHaveActed`: the request must not happen twice, so an unclear end is `outcome_unknown`. The failure itself is
 * not passed on: its words may hold an address with a secret.
 */
export function brokenCall(vendor: string, failure: unknown, mayHaveActed: boolean): ConnectorError {
  if (failure instanceof ConnectorError) return failure
  const code = systemCode(failure)
  if (code !== undefined && neverMade.test(code)) {
    return wordedError('temporary', { en: `${vendor} cannot be reached (${code})`, ru: `${vendor}: нет связи (${code})` })
  }
  const why = code === undefined ? '' : ` (${code})`
  return wordedError(mayHaveActed ? 'outcome_unknown' : 'temporary', {
    en: `No clear answer came from ${vendor}${why}`,
    ru: `${vendor}: понятного ответа не пришло${why}`,
  })
}

/** Node's own code, wherever in the chain of causes it stands. */
function systemCode(failure: unknown): string | undefined {
  if (!(failure instanceof Error)) return undefined
  if ('code' in failure && typeof failure.code === 'string') return failure.code
  const first: unknown = failure instanceof AggregateError ? failure.errors[0] : undefined
  return systemCode(first ?? failure.cause)
}

/** Milliseconds that `Retry-After` asks for; undefined without the header. */
export function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds * 1000) : undefined
}
