import type { Dns, DnsAnswers } from '../../../core/connector/dns.ts'
import type { Server } from './presets.ts'

export interface NamedServers {
  incoming?: Server & { kind: 'imap' | 'pop3' }
  outgoing?: Server
}

/** The mail servers that a domain names by SRV records (RFC 6186, RFC 8314 §5.1): encrypted from the first byte before STARTTLS, IMAP before POP3. */
export async function readServiceRecords(domain: string, dns: Dns): Promise<NamedServers> {
  const find = async (service: string, security: Server['security']): Promise<Server | undefined> => {
    const records = await dns(`_${service}._tcp.${domain}`, 'SRV').catch(() => [])
    const best = bestOf(records)
    return best && { host: best.name.toLowerCase().replace(/\.$/, ''), port: best.port, security }
  }
  const [imaps, imap, pop3s, pop3, submissions, submission] = await Promise.all([
    find('imaps', 'tls'),
    find('imap', 'starttls'),
    find('pop3s', 'tls'),
    find('pop3', 'starttls'),
    find('submissions', 'tls'),
    find('submission', 'starttls'),
  ])
  const byImap = imaps ?? imap
  const byPop3 = pop3s ?? pop3
  const incoming = byImap ? { ...byImap, kind: 'imap' as const } : byPop3 && { ...byPop3, kind: 'pop3' as const }
  const outgoing = submissions ?? submission
  return { ...(incoming && { incoming }), ...(outgoing && { outgoing }) }
}

/** Lowest priority, then greatest weight. A target of `.` says that there is no such service. */
function bestOf(records: DnsAnswers['SRV']): DnsAnswers['SRV'][number] | undefined {
  const offered = records.filter(({ name }) => name !== '' && name !== '.')
  return offered.toSorted((a, b) => a.priority - b.priority || b.weight - a.weight)[0]
}
