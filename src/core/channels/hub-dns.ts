import { Resolver } from 'node:dns/promises'
import type { Dns, DnsAnswers } from '../connector/dns.ts'

/** The name servers of this machine: 2 s for an answer, asked twice. */
const resolver = new Resolver({ timeout: 2_000, tries: 2 })

const lookUp: { [Type in keyof DnsAnswers]: (name: string) => Promise<DnsAnswers[Type]> } = {
  A: (name) => resolver.resolve4(name),
  AAAA: (name) => resolver.resolve6(name),
  MX: (name) => resolver.resolveMx(name),
  PTR: (name) => resolver.resolvePtr(name),
  SRV: (name) => resolver.resolveSrv(name),
  TXT: (name) => resolver.resolveTxt(name),
}

/** The `dns` of every door and suggestion. */
export const hubDns: Dns = (name, type) => lookUp[type](name)
