import type { Dns, DnsAnswers } from '../../src/core/connector/dns.ts'

type Zone = Record<string, { [Type in keyof DnsAnswers]?: DnsAnswers[Type] }>

/** A name server that knows these names and nothing else. `asked` gathers what was looked up. */
export function fakeDns(zone: Zone, asked: string[] = []): Dns {
  return async (name, type) => {
    asked.push(`${type} ${name}`)
    const answer = zone[name.toLowerCase().replace(/\.$/, '')]?.[type]
    if (answer === undefined) throw Object.assign(new Error(`query${type} ENOTFOUND ${name}`), { code: 'ENOTFOUND' })
    return answer
  }
}

/** A machine without a name server. */
export const noNameServer: Dns = () => Promise.reject(Object.assign(new Error('no name server'), { code: 'ETIMEOUT' }))
