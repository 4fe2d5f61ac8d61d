import i18next from 'i18next'
import type { Refusal } from '../../api/auth.ts'

/** Why one was not let in; `wrong`: the text for what did not fit. */
export function refusalWords(refusal: Refusal, wrong: 'signIn.wrong' | 'signIn.codeWrong' | 'profile.changeRefused'): string {
  return i18next.t({ wrong, slow: 'signIn.slow', away: 'error.offline' }[refusal])
}
