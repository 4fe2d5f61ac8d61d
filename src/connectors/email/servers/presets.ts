import type { EmailSettings } from '../settings.ts'

export type Security = 'tls' | 'starttls' | 'none'

export interface Server {
  host: string
  port: number
  security: Security
}

export type ProviderId = Exclude<EmailSettings['provider'], 'auto' | 'other'>

/** What is known of a provider. Hosts by the Thunderbird ISP database (March 2026) and the vendors' own pages. */
export interface Preset {
  domains: string[]
  imap: Server
  pop3?: Server
  smtp: Server
  /** Its login is only the part before the `@`. */
  bareLogin?: boolean
  /** authserv-ids it writes into Authentication-Results: exact, or a suffix when it starts with a dot. */
  authServers: string[]
  /** It delivers `name+anything@domain` to `name@domain`. */
  plusAddressing: boolean
}

const tls = (host: string, port: number): Server => ({ host, port, security: 'tls' })
const startTls = (host: string, port = 587): Server => ({ host, port, security: 'starttls' })

export const presets: Record<ProviderId, Preset> = {
  yandex: {
    domains: ['yandex.ru', 'yandex.com', 'yandex.by', 'yandex.kz', 'yandex.ua', 'ya.ru', 'narod.ru'],
    imap: tls('imap.yandex.ru', 993),
    pop3: tls('pop.yandex.ru', 995),
    smtp: tls('smtp.yandex.ru', 465),
    authServers: ['.mail.yandex.net', '.yp-c.yandex.net', '.qloud-c.yandex.net'],
    plusAddressing: true,
  },
  mailru: {
    domains: ['mail.ru', 'inbox.ru', 'list.ru', 'bk.ru', 'internet.ru', 'vk.com'],
    imap: tls('imap.mail.ru', 993),
    pop3: tls('pop.mail.ru', 995),
    smtp: tls('smtp.mail.ru', 465),
    authServers: ['mxs.mail.ru'],
    plusAddressing: false,
  },
  gmail: {
    domains: ['gmail.com', 'googlemail.com'],
    imap: tls('imap.gmail.com', 993),
    pop3: tls('pop.gmail.com', 995),
    smtp: tls('smtp.gmail.com', 465),
    authServers: ['mx.google.com'],
    plusAddressing: true,
  },
  m365: {
    domains: [],
    imap: tls('outlook.office365.com', 993),
    pop3: tls('outlook.office365.com', 995),
    smtp: startTls('smtp.office365.com'),
    authServers: ['.protection.outlook.com'],
    plusAddressing: true,
  },
  outlook: {
    domains: ['outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'outlook.ru'],
    imap: tls('outlook.office365.com', 993),
    pop3: tls('outlook.office365.com', 995),
    smtp: startTls('smtp-mail.outlook.com'),
    authServers: ['.protection.outlook.com'],
    plusAddressing: true,
  },
  icloud: {
    domains: ['icloud.com', 'me.com', 'mac.com'],
    imap: tls('imap.mail.me.com', 993),
    smtp: startTls('smtp.mail.me.com'),
    bareLogin: true,
    authServers: ['dkim-verifier.icloud.com', 'dmarc.icloud.com', 'spf.icloud.com'],
    plusAddressing: true,
  },
  yahoo: {
    domains: ['yahoo.com', 'ymail.com', 'aol.com'],
    imap: tls('imap.mail.yahoo.com', 993),
    pop3: tls('pop.mail.yahoo.com', 995),
    smtp: tls('smtp.mail.yahoo.com', 465),
    authServers: ['.mail.yahoo.com', '.yahoo.com'],
    plusAddressing: false,
  },
  rambler: {
    domains: ['rambler.ru', 'lenta.ru', 'ro.ru', 'autorambler.ru', 'myrambler.ru'],
    imap: tls('imap.rambler.ru', 993),
    pop3: tls('pop.rambler.ru', 995),
    smtp: tls('smtp.rambler.ru', 465),
    authServers: ['.rambler.ru'],
    plusAddressing: false,
  },
  zoho: {
    domains: ['zoho.com', 'zohomail.com', 'zoho.eu', 'zohomail.eu'],
    imap: tls('imap.zoho.eu', 993),
    pop3: tls('pop.zoho.eu', 995),
    smtp: tls('smtp.zoho.eu', 465),
    authServers: ['.zoho.com', '.zoho.eu'],
    plusAddressing: true,
  },
  fastmail: {
    domains: ['fastmail.com', 'fastmail.fm'],
    imap: tls('imap.fastmail.com', 993),
    pop3: tls('pop.fastmail.com', 995),
    smtp: tls('smtp.fastmail.com', 465),
    authServers: ['.messagingengine.com'],
    plusAddressing: true,
  },
}

/** The provider chosen in the settings, or the one that the domain of the address belongs to. */
export function providerOf(settings: Pick<EmailSettings, 'provider' | 'address'>): ProviderId | undefined {
  if (settings.provider === 'other') return undefined
  if (settings.provider !== 'auto') return settings.provider
  const domain = settings.address.slice(settings.address.lastIndexOf('@') + 1).toLowerCase()
  const found = Object.entries(presets).find(([, preset]) => preset.domains.includes(domain))
  return found?.[0] as ProviderId | undefined
}
