import type { FormSubmitted } from '../../core/connector/event.ts'
import type { GuessedEntry } from './guess-fields.ts'
import { fieldOf } from './source.ts'

const no = /^(|0|false|no|off|нет|не согласен|не согласна|unchecked|null)$/i
const yes = /^(1|true|yes|on|да|ok|checked|y|accepted|согласен|согласна|agree|agreed)$/i

/** A ticked box, with the words that stood beside it where the form sends them; else with the name of the field. */
export function readConsent(entries: GuessedEntry[]): FormSubmitted['consent'] | undefined {
  const box = entries.find((entry) => entry.as === 'consent' && !no.test(entry.value.trim()))
  if (box === undefined) return undefined
  const words = fieldOf(entries, 'consentText') ?? (yes.test(box.value.trim()) ? box.name : box.value)
  const version = fieldOf(entries, 'consentVersion')
  const text = words.slice(0, 2000).toWellFormed()
  return version === undefined ? { text } : { text, version: version.slice(0, 100).toWellFormed() }
}
