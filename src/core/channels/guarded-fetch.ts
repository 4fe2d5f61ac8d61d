import { lookup as systemLookup } from 'node:dns'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { Readable } from 'node:stream'
import { ConnectorError } from '../connector/errors.ts'
import { isPrivateAddress } from './private-address.ts'

const mostRedirects = 5
const redirects = new Set([301, 302, 303, 307, 308])

export interface Guard {
  isPrivate(address: string): boolean
  lookup: LookupFunction
}

/**
 * `fetch` for addresses that strangers wrote (server-side request forgery, OWASP). The address is checked in the very look-up that the
 * connection uses, so a name cannot change its mind in between, and again for each redirect. Only http and https; request bodies are
 * strings or bytes. Throws ConnectorError `rejected` for what leads to a private network.
 */
export async function guardedFetch(
  url: string,
  init: RequestInit,
  guard: Guard = { isPrivate: isPrivateAddress, lookup: systemLookup },
): Promise<Response> {
  let target = parsed(url)
  let method = (init.method ?? 'GET').toUpperCase()
  let body = init.body
  const headers = new Headers(init.headers)
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const answer = await requestOnce(target, { ...init, headers, method, ...(body !== undefined && { body }) }, guard)
    const status = answer.statusCode ?? 0
    const location = answer.headers.location
    if (!redirects.has(status) || !location || init.redirect === 'manual') return toResponse(answer, method)
    answer.resume()
    const next = parsed(new URL(location, target).href)
    // As `fetch` does (WHATWG, HTTP-redirect fetch): what proves us to one host is not shown to another.
    if (next.origin !== target.origin) for (const name of ['authorization', 'cookie']) headers.delete(name)
    target = next
    if (status === 303 || (method === 'POST' && status < 303)) {
      method = 'GET'
      body = undefined
    }
  }
  throw new ConnectorError('rejected', 'The address redirects too often.')
}

function parsed(url: string): URL {
  const target = URL.parse(url)
  if (!target || !/^https?:$/.test(target.protocol)) throw new ConnectorError('rejected', 'Only http and https addresses are fetched.')
  return target
}

function requestOnce(target: URL, init: RequestInit, guard: Guard): Promise<IncomingMessage> {
  const host = target.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) && guard.isPrivate(host)) return Promise.reject(refusal())
  const request = target.protocol === 'https:' ? httpsRequest : httpRequest
  const headers = Object.fromEntries(new Headers(init.headers))
  return new Promise((resolve, reject) => {
    const options = { method: init.method ?? 'GET', headers, lookup: guardedLookup(guard), agent: false, ...(init.signal && { signal: init.signal }) }
    const sending = request(target, options, resolve)
    sending.on('error', (error) => reject(error.cause instanceof ConnectorError ? error.cause : error))
    if (typeof init.body === 'string' || init.body instanceof Uint8Array) sending.end(init.body)
    else if (init.body === undefined || init.body === null) sending.end()
    else sending.destroy(new TypeError('The body of an untrusted request is a string or bytes.'))
  })
}

/** Refuses a name when any of its addresses is private: the connection may try all of them. */
function guardedLookup(guard: Guard): LookupFunction {
  return (host, options, callback) => {
    guard.lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '')
      const all = Array.isArray(addresses) ? addresses : [{ address: addresses, family: isIP(addresses) }]
      const [first] = all
      if (!first || all.some(({ address }) => guard.isPrivate(address)))
        return callback(Object.assign(new Error('refused'), { cause: refusal() }), '')
      return options.all ? callback(null, all) : callback(null, first.address, first.family)
    })
  }
}

function refusal(): ConnectorError {
  return new ConnectorError('rejected', 'The address leads into a private network and was not fetched.')
}

function toResponse(answer: IncomingMessage, method: string): Response {
  const headers = new Headers()
  for (let at = 0; at + 1 < answer.rawHeaders.length; at += 2) headers.append(answer.rawHeaders[at] ?? '', answer.rawHeaders[at + 1] ?? '')
  const status = answer.statusCode ?? 502
  const isEmpty = method === 'HEAD' || status === 204 || status === 205 || status === 304
  if (isEmpty) answer.resume()
  // Node's and the DOM's types of one and the same class differ.
  return new Response(isEmpty ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>), { status, headers })
}
