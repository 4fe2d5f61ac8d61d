import type { Dns } from '../../core/connector/dns.ts'
import type { Suggestion } from '../../core/connector/suggestion.ts'
import { domainOf } from './mime/addresses.ts'
import { providerOfExchangers } from './servers/mail-exchangers.ts'
import { consentTitle } from './servers/oauth-servers.ts'
import { type Preset, type ProviderId, presets, providerOf, type Server } from './servers/presets.ts'
import { providerNames, providerSteps } from './servers/provider-words.ts'
import { type NamedServers, readServiceRecords } from './servers/service-records.ts'
import { emailSettings } from './settings.ts'

const timeLimitMs = 8_000

/** The servers of a typed address: by its domain, else by the domain's MX records, else by its SRV records. */
export async function suggestSettings(draft: Record<string, unknown>, { dns }: { dns: Dns }): Promise<Suggestion | undefined> {
  const typed = emailSettings.pick({ address: true, provider: true, incoming: true }).safeParse(draft)
  if (!typed.success || !domainOf(typed.data.address).includes('.')) return undefined
  const { incoming } = typed.data
  const byDomain = providerOf(typed.data)
  if (byDomain !== undefined) return ofProvider(byDomain, 'domain', incoming)
  if (typed.data.provider === 'other') return undefined
  const domain = domainOf(typed.data.address)
  const found = await withLimit(Promise.all([exchangersOf(domain, dns), readServiceRecords(domain, dns)]))
  if (found === undefined) return undefined
  const [exchangers, named] = found
  const byExchangers = providerOfExchangers(exchangers)
  if (byExchangers !== undefined) return ofProvider(byExchangers, 'mx', incoming)
  return named.incoming || named.outgoing ? ofOwnServers(domain, named) : undefined
}

const how = {
  domain: { en: 'by the address', ru: 'по адресу' },
  mx: { en: 'by the MX record of the domain', ru: 'по MX-записи домена' },
}

function ofProvider(id: ProviderId, by: keyof typeof how, incoming: 'imap' | 'pop3' | 'door' | undefined): Suggestion {
  const preset = presets[id]
  const name = providerNames[id]
  const consent = consentTitle(id)
  return {
    title: { en: `${name.en}, ${how[by].en}`, ru: `${name.ru}, ${how[by].ru}` },
    settings: { provider: id, ...(incoming === 'door' ? {} : serversOf(preset, incoming)) },
    steps: providerSteps[id],
    ...(consent && { consent: { title: consent, needs: ['oauthClientId', 'oauthClientSecret'] } }),
  }
}

function serversOf(preset: Preset, incoming: 'imap' | 'pop3' | undefined): Record<string, unknown> {
  const server = incoming === 'pop3' ? (preset.pop3 ?? preset.imap) : preset.imap
  return { ...asIncoming(server), ...asOutgoing(preset.smtp) }
}

function ofOwnServers(domain: string, { incoming, outgoing }: NamedServers): Suggestion {
  return {
    title: { en: `Servers named by ${domain} itself (SRV)`, ru: `Серверы назвал сам домен ${domain} (SRV)` },
    settings: {
      ...(incoming && { ...(incoming.kind === 'pop3' && { incoming: 'pop3' }), ...asIncoming(incoming) }),
      ...(outgoing && asOutgoing(outgoing)),
    },
    steps: [],
  }
}

const asIncoming = ({ host, port, security }: Server) => ({ host, port, security })
const asOutgoing = ({ host, port, security }: Server) => ({ smtpHost: host, smtpPort: port, smtpSecurity: security })

/** Best preference first. */
async function exchangersOf(domain: string, dns: Dns): Promise<string[]> {
  const records = await dns(domain, 'MX').catch(() => [])
  return records.toSorted((a, b) => a.priority - b.priority).map(({ exchange }) => exchange)
}

async function withLimit<Value>(work: Promise<Value>): Promise<Value | undefined> {
  const time = AbortSignal.timeout(timeLimitMs)
  return Promise.race([work, new Promise<undefined>((resolve) => time.addEventListener('abort', () => resolve(undefined), { once: true }))])
}
