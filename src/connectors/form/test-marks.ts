import type { RawDelivery } from '../../core/connector/delivery.ts'
import type { GuessedEntry } from './guess-fields.ts'
import type { Submission } from './submissions.ts'
import { isTildaPing } from './tilda.ts'

/** The field by which anybody says of a request that it is a test; our own button and scripts send it. */
export const testField = 'switchboard_test'

const no = /^(|0|false|no|off)$/i

/**
 * What says that nobody wants anything: only marks that no visitor can leave by chance. Builders without a test of their own (Contact Form 7, Gravity
 * Forms, WPForms, Elementor, Yandex Forms) send real submissions, which a person marks in the log.
 */
export function testReason(request: RawDelivery, entries: GuessedEntry[], { key }: Submission): string | undefined {
  if (isTildaPing(request)) return 'Tilda checks the address'
  const marked = entries.find((entry) => entry.path === testField)
  if (marked !== undefined && !no.test(marked.value.trim())) return 'the request says that it is a test'
  return key?.startsWith('typeform:') && isTypeformTest(entries) ? 'a test request of Typeform' : undefined
}

/** "Send test request" of Typeform fills every text with one sentence and every address with one: seen in the payloads that its users keep as samples. */
function isTypeformTest(entries: GuessedEntry[]): boolean {
  const texts = entries.filter((entry) => ['short_text', 'long_text', 'text'].includes(entry.type ?? '')).map((entry) => entry.value)
  const emails = entries.filter((entry) => entry.type === 'email').map((entry) => entry.value)
  const isSample = texts.every((text) => text === 'Lorem ipsum dolor') && emails.every((email) => email === 'an_account@example.com')
  return isSample && texts.length + emails.length > 0
}
