import type { EmailSettings } from '../settings.ts'
import { type Preset, presets, providerOf, type Server } from './presets.ts'

export interface Incoming extends Server {
  kind: 'imap' | 'pop3'
  user: string
}

export interface Outgoing extends Server {
  /** Absent: a relay that asks for no login. */
  user?: string
}

export interface Endpoints {
  /** Absent: the built-in door receives. */
  incoming?: Incoming
  /** Absent: this channel only receives. */
  outgoing?: Outgoing
}

/** Which servers the settings mean: what is written wins, then what is known of the provider, then the usual names of the domain. */
export function endpointsOf(settings: EmailSettings): Endpoints {
  const provider = providerOf(settings)
  const preset = provider === undefined ? undefined : presets[provider]
  const incoming = incomingOf(settings, preset)
  const outgoing = outgoingOf(settings, preset, incoming)
  return { ...(incoming && { incoming }), ...(outgoing && { outgoing }) }
}

/** True when the channel signs in with a token and not with a password. */
export function usesOAuth(settings: EmailSettings): boolean {
  return settings.oauthClientId !== undefined && settings.oauthClientId !== ''
}

function incomingOf(settings: EmailSettings, preset: Preset | undefined): Incoming | undefined {
  const kind = settings.incoming ?? (settings.password || usesOAuth(settings) ? 'imap' : 'door')
  if (kind === 'door') return undefined
  const known = kind === 'imap' ? preset?.imap : preset?.pop3
  const security = settings.security ?? (settings.port === undefined ? known?.security : securityOfPort(settings.port)) ?? 'tls'
  const usual = kind === 'imap' ? { tls: 993, other: 143 } : { tls: 995, other: 110 }
  return {
    kind,
    host: settings.host ?? known?.host ?? `${kind === 'imap' ? 'imap' : 'pop'}.${domainOf(settings.address)}`,
    port: settings.port ?? (settings.host ? undefined : known?.port) ?? (security === 'tls' ? usual.tls : usual.other),
    security,
    user: settings.user ?? (preset?.bareLogin && kind === 'imap' ? localOf(settings.address) : settings.address),
  }
}

function outgoingOf(settings: EmailSettings, preset: Preset | undefined, incoming: Incoming | undefined): Outgoing | undefined {
  const canSignIn = usesOAuth(settings) || Boolean(settings.smtpPassword ?? settings.password)
  const own = incoming && settings.host ? undefined : preset?.smtp
  const host = settings.smtpHost ?? (canSignIn ? (own?.host ?? (settings.host ? undefined : `smtp.${domainOf(settings.address)}`)) : undefined)
  if (host === undefined) return undefined
  const known = settings.smtpHost ? undefined : own
  const security = settings.smtpSecurity ?? (settings.smtpPort === undefined ? known?.security : securityOfPort(settings.smtpPort)) ?? 'tls'
  const port = settings.smtpPort ?? known?.port ?? (security === 'tls' ? 465 : 587)
  const user = settings.smtpUser ?? settings.user ?? settings.address
  return { host, port, security, ...(canSignIn && { user }) }
}

function securityOfPort(port: number): Server['security'] {
  return [993, 995, 465].includes(port) ? 'tls' : 'starttls'
}

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase()
const localOf = (address: string) => address.slice(0, address.lastIndexOf('@'))
