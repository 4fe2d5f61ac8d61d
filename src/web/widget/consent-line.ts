import type { VisitorLook } from '../../api/contract/visitors.ts'
import { make } from './dom.ts'
import type { Texts } from './texts.ts'

/** Under what sends: the words by which he agrees, and where more of them stand. */
export function consentLine({ consentText, consentUrl }: VisitorLook, texts: Texts): HTMLElement | null {
  if (!consentText) return null
  const more = consentUrl ? make('a', { href: consentUrl, target: '_blank', rel: 'noopener noreferrer' }, texts.policy) : null
  return make('p', { class: 'consent' }, consentText, more && ' ', more)
}
