import type { Localised } from '../../../core/connector/manifest.ts'
import type { EmailSettings } from '../settings.ts'
import { type ProviderId, providerOf } from './presets.ts'

export interface OAuthServer {
  /** Absent: this provider's refresh token is made elsewhere and typed in. */
  authorizeUrl?: string
  tokenUrl: string
  scope?: string
  /** Further parameters of the consent page. */
  extra?: Record<string, string>
}

const microsoft = (tenant: string): OAuthServer => ({
  authorizeUrl: `https://login.microsoftonline.com/${encodeURIComponent(tenant)}/oauth2/v2.0/authorize`,
  tokenUrl: `https://login.microsoftonline.com/${encodeURIComponent(tenant)}/oauth2/v2.0/token`,
  scope: [
    'offline_access',
    'https://outlook.office.com/IMAP.AccessAsUser.All',
    'https://outlook.office.com/POP.AccessAsUser.All',
    'https://outlook.office.com/SMTP.Send',
  ].join(' '),
  extra: { prompt: 'select_account' },
})

/** Addresses, scopes and parameters by the vendors' documents. Google gives a refresh token only when it is asked offline and anew. */
const servers: Partial<Record<ProviderId, (tenant: string | undefined) => OAuthServer>> = {
  gmail: () => ({
    authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    scope: 'https://mail.google.com/',
    extra: { access_type: 'offline', prompt: 'consent' },
  }),
  m365: (tenant) => microsoft(tenant ?? 'common'),
  outlook: () => microsoft('consumers'),
  yandex: () => ({
    authorizeUrl: 'https://oauth.yandex.ru/authorize',
    tokenUrl: 'https://oauth.yandex.ru/token',
    scope: 'mail:imap_full mail:smtp',
    extra: { force_confirm: 'yes' },
  }),
  mailru: () => ({ tokenUrl: 'https://oauth.mail.ru/token' }),
}

/** Where this mailbox gets its tokens: what is typed wins over what is known of the provider. */
export function oauthServerOf(settings: EmailSettings): OAuthServer | undefined {
  const provider = providerOf(settings)
  const known = provider === undefined ? undefined : servers[provider]?.(settings.oauthTenant || undefined)
  const tokenUrl = settings.oauthTokenUrl ?? known?.tokenUrl
  if (tokenUrl === undefined) return undefined
  const authorizeUrl = settings.oauthAuthorizeUrl ?? known?.authorizeUrl
  const scope = settings.oauthScope ?? known?.scope
  return { ...known, tokenUrl, ...(authorizeUrl !== undefined && { authorizeUrl }), ...(scope !== undefined && { scope }) }
}

const titles: Partial<Record<ProviderId, Localised>> = {
  gmail: { en: 'Google', ru: 'Google' },
  m365: { en: 'Microsoft', ru: 'Microsoft' },
  outlook: { en: 'Microsoft', ru: 'Microsoft' },
  yandex: { en: 'Yandex', ru: 'Яндекс' },
}

/** Name of whom people sign in with, where that is possible by consent. */
export function consentTitle(provider: ProviderId | undefined): Localised | undefined {
  return provider === undefined ? undefined : titles[provider]
}
