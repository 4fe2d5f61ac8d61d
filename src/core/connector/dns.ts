interface MxRecord {
  exchange: string
  priority: number
}

interface SrvRecord {
  name: string
  port: number
  priority: number
  weight: number
}

/** Answers by type, in the shapes of node:dns. */
export interface DnsAnswers {
  A: string[]
  AAAA: string[]
  MX: MxRecord[]
  PTR: string[]
  SRV: SrvRecord[]
  TXT: string[][]
}

/**
 * Looks a name up, within 4 s. Rejects with an error whose `code` is `ENOTFOUND` or `ENODATA` when there is no such record, and with another one
 * when the name server gives no answer.
 */
export type Dns = <Type extends keyof DnsAnswers>(name: string, type: Type) => Promise<DnsAnswers[Type]>
