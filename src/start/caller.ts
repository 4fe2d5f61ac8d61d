import type { IncomingMessage } from 'node:http'
import proxyAddr from 'proxy-addr'
import type { Config } from '../config.ts'

/** Finds the address of whoever sent a request, through as many proxies as `TRUST_PROXY` says: the very rule express uses. */
export function callerBehind(trustProxy: Config['trustProxy']): (request: IncomingMessage) => string {
  if (trustProxy === false) return (request) => request.socket.remoteAddress ?? ''
  const trust = typeof trustProxy === 'number' ? (_address: string, hop: number) => hop < trustProxy : proxyAddr.compile(trustProxy)
  return (request) => proxyAddr(request, trust)
}
