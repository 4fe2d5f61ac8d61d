import type { BetterAuthOptions } from 'better-auth'
import { APIError } from 'better-auth/api'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'

/** A sign-in service of the firm that speaks OpenID Connect. */
export interface Elsewhere {
  issuer: string
  clientId: string
  clientSecret: string
}

/** Its name in addresses: the service redirects to `<PUBLIC_URL>/api/auth/callback/oidc`. */
export const elsewhereId = 'oidc'

/**
 * Signing in at the firm's own service, by OpenID Connect Discovery. It opens the account of the same e-mail that an administrator made here, and
 * makes none. The second step is the service's own matter.
 */
export function signInElsewhere({ issuer, clientId, clientSecret }: Elsewhere) {
  const discoveryUrl = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`
  return genericOAuth({
    config: [
      {
        providerId: elsewhereId,
        discoveryUrl,
        clientId,
        clientSecret,
        scopes: ['openid', 'email', 'profile'],
        requireIdTokenVerification: true,
        disableSignUp: true,
        mapProfileToUser(profile) {
          // A service that lets people write any address must not open the account of another.
          if (profile.email_verified === false)
            throw new APIError('FORBIDDEN', { code: 'EMAIL_NOT_VERIFIED', message: 'The e-mail is not verified there.' })
          return {}
        },
      },
    ],
  })
}

/** The administrator's word for the e-mail counts here, and the service's, which he named, there. */
export const linkElsewhere = {
  accountLinking: { enabled: true, trustedProviders: [elsewhereId], requireLocalEmailVerified: false },
} satisfies BetterAuthOptions['account']
