import type { ConsentGrant, ConsentOffer, ConsentRequest } from '../../core/connector/consent.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { MailError } from './servers/mail-error.ts'
import { oauthServerOf } from './servers/oauth-servers.ts'
import { requestToken } from './servers/tokens.ts'
import type { EmailSettings } from './settings.ts'

/** The provider's consent page for this mailbox; refused in words while the application's id is missing. */
export function consentUrl(settings: EmailSettings, request: ConsentRequest): ConsentOffer {
  const server = oauthServerOf(settings)
  if (server?.authorizeUrl === undefined)
    return {
      refused: { en: 'This provider has no such sign-in: use an app password.', ru: 'Этот провайдер не даёт войти так: введите пароль приложения.' },
    }
  if (!settings.oauthClientId)
    return { refused: { en: 'Enter the OAuth client id of your application first.', ru: 'Сначала введите OAuth client id своего приложения.' } }
  const url = new URL(server.authorizeUrl)
  const parameters = {
    ...server.extra,
    response_type: 'code',
    client_id: settings.oauthClientId,
    redirect_uri: request.redirectUrl,
    state: request.state,
    code_challenge: request.codeChallenge,
    code_challenge_method: 'S256',
    login_hint: settings.user ?? settings.address,
    ...(server.scope !== undefined && { scope: server.scope }),
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return { url: url.href }
}

/** The refresh token that the consent brought. Throws `auth_failed` when the provider refuses the code or gives nothing lasting. */
export async function acceptConsent(grant: ConsentGrant, settings: EmailSettings, hub: Pick<Hub, 'fetch'>): Promise<Record<string, unknown>> {
  const tokens = await requestToken(settings, hub, {
    grant_type: 'authorization_code',
    code: grant.code,
    redirect_uri: grant.redirectUrl,
    code_verifier: grant.codeVerifier,
  })
  if (tokens.refresh_token === undefined)
    throw new MailError('auth_failed', {
      en: 'The provider gave access for an hour only: allow the application offline access and sign in again.',
      ru: 'Провайдер дал доступ только на час: разрешите приложению офлайн-доступ и войдите ещё раз.',
    })
  return { oauthRefreshToken: tokens.refresh_token }
}
