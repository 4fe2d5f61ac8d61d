import { isIP } from 'node:net'
import { senderAddressHeader } from '../../core/connector/delivery.ts'
import type { FormSubmitted } from '../../core/connector/event.ts'
import { normaliseKey } from './field-roles.ts'
import type { GuessedEntry } from './guess-fields.ts'
import { fieldOf } from './source.ts'

const no = /^(|0|false|no|off|нет|не согласен|не согласна|unchecked|null)$/i
const yes = /^(1|true|yes|on|да|ok|checked|y|accepted|согласен|согласна|agree|agreed)$/i

/**
 * A ticked box, with the words that stood beside it where the form sends them; else with the name of the field. The address is the visitor's: as the
 * site's server tells it, else of the browser that sent it. A server that tells none is not taken for its visitor.
 */
export function readConsent(entries: GuessedEntry[], headers: Record<string, string>): FormSubmitted['consent'] | undefined {
  const box = entries.find((entry) => entry.as === 'consent' && !no.test(entry.value.trim()))
  if (box === undefined) return undefined
  const words = fieldOf(entries, 'consentText') ?? (yes.test(box.value.trim()) ? box.name : box.value)
  const version = fieldOf(entries, 'consentVersion')
  const text = words.slice(0, 2000).toWellFormed()
  const address =
    entries.find((entry) => addressNames.has(normaliseKey(entry.path)) && isIP(entry.value.trim()) !== 0)?.value.trim() ?? ofBrowser(headers)
  return {
    text,
    ...(version !== undefined && { version: version.slice(0, 100).toWellFormed() }),
    ...(address !== undefined && { address }),
  }
}

const addressNames = new Set(['ip', 'remote ip', 'ip address', 'user ip', 'client ip', 'meta remote ip value'])

function ofBrowser(headers: Record<string, string>): string | undefined {
  return headers.origin === undefined && headers['sec-fetch-mode'] === undefined ? undefined : headers[senderAddressHeader]
}
