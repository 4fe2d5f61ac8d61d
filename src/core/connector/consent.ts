import type { Localised } from './manifest.ts'

/** What goes along when a person is sent to a vendor to allow access (OAuth 2.0 code grant, RFC 6749 §4.1, with PKCE by S256, RFC 7636). */
export interface ConsentRequest {
  /** Where the vendor sends the browser afterwards; the vendor must know this address beforehand. */
  redirectUrl: string
  state: string
  codeChallenge: string
}

/** Where to send the browser, or what is still missing in the settings, in words. */
export type ConsentOffer = { url: string } | { refused: Localised }

/** What the browser brought back, and what proves that we asked. */
export interface ConsentGrant {
  code: string
  redirectUrl: string
  codeVerifier: string
}
