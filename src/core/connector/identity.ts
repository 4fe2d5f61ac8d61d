/** How far an identity is proven. `attested`: by the vendor; `verified`: by our own challenge; `claimed`: only said by somebody; `manual`: written by a user. */
export type Evidence = 'attested' | 'verified' | 'claimed' | 'manual'

/**
 * An address by which somebody is reached. `phone` and `email` are normalised by core; every other kind is opaque to core and
 * scoped by its connector (`<vendor>` or `<vendor>:<bot>` where the vendor scopes ids by bot or app).
 */
export interface IdentityClaim {
  kind: string
  value: string
  evidence: Exclude<Evidence, 'manual'>
}

/** Somebody named in an event: what identifies him, and what he calls himself. */
export interface Party {
  name?: string
  username?: string
  language?: string
  /** His picture, as `fetchMedia` wants it named. */
  picture?: string
  identities: IdentityClaim[]
}
