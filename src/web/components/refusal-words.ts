import i18next from 'i18next'
import { isRecord } from './is-record.ts'

/** The letters of a sentence up to its colon: `Choose at most 366 days.` → `choose_at_most_days`. */
export function refusalKey(sentence: string): string {
  const [head = ''] = sentence.split(':')
  return head
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, ' ')
    .trim()
    .replaceAll(' ', '_')
}

/** A use case's English sentence in the console's language; undefined where there are no words for it. */
export function refusalWords(sentence: string): string | undefined {
  const key = `refusal.${refusalKey(sentence)}`
  if (key.includes('.issue') || !i18next.exists(key)) return undefined
  const detail = sentence.slice(sentence.indexOf(':') + 1).trim()
  return i18next.t(key, { detail, n: /\d+/.exec(sentence)?.[0] })
}

/** What is wrong with which field (`issues` of a problem); undefined where nothing of the kind is told. `nameOf`: how the form calls a field. */
export function issueWords(issues: unknown, nameOf: (path: string) => string | undefined): string | undefined {
  if (!Array.isArray(issues) || issues.length === 0) return undefined
  return issues
    .filter(isRecord)
    .map(({ path, code, message }) => {
      const key = `refusal.issue.${String(code)}`
      const name = nameOf(String(path)) ?? String(path)
      return [name, i18next.exists(key) ? i18next.t(key) : String(message)].filter(Boolean).join(': ')
    })
    .join('; ')
}
