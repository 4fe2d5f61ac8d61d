import type { Hub } from '../connector/hub.ts'
import { guardedFetch } from './guarded-fetch.ts'

const defaultTimeoutMs = 30_000

/** The `fetch` of every hub: 30 s for the whole answer unless told otherwise; `untrusted` addresses never reach private networks. */
export const hubFetch: Hub['fetch'] = async (url, init = {}) => {
  const { untrusted, timeoutMs = defaultTimeoutMs, ...rest } = init
  const limit = AbortSignal.timeout(timeoutMs)
  const signal = rest.signal ? AbortSignal.any([rest.signal, limit]) : limit
  return untrusted ? guardedFetch(url, { ...rest, signal }) : fetch(url, { ...rest, signal })
}
