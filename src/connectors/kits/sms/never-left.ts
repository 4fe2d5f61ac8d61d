/** Codes of a connection that was never made, so that nothing can have been said over it. */
const codes = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|UND_ERR_CONNECT_TIMEOUT|CERT_.*|.*_CERT.*|UNABLE_TO_.*)$/

/** True when a request that failed cannot have reached anybody: it may be sent again. */
export function neverLeft(error: unknown): boolean {
  for (let cause = error, depth = 0; typeof cause === 'object' && cause !== null && depth < 5; depth++) {
    const code: unknown = Reflect.get(cause, 'code')
    if (typeof code === 'string' && codes.test(code)) return true
    cause = Reflect.get(cause, 'cause')
  }
  return false
}
