import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { isRecord } from './is-record.ts'
import { issueWords, refusalWords } from './refusal-words.ts'

/** The code of a problem (RFC 9457) that the API answered with. */
export function problemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('data' in error && typeof error.data === 'object' && error.data !== null && 'code' in error.data) return String(error.data.code)
  return 'code' in error ? String(error.code) : undefined
}

/** Whose English detail says what is wrong with what was typed. */
const detailed = new Set(['invalid_request', 'invalid_settings', 'check_failed', 'unsupported'])

/** The words of a problem: in the language of the console where the API has them in both, else by what it says, else by its code. `nameOf`: how the form calls a field. */
export function errorWords(error: unknown, nameOf: (path: string) => string | undefined = () => undefined): string {
  const data = isRecord(error) && isRecord(error.data) ? error.data : undefined
  const words = inLanguage(data?.words) ?? issueWords(data?.issues, nameOf)
  if (words !== undefined) return words
  if (!(error instanceof Error) || !('status' in error)) return i18next.t('error.offline')
  const refusal = refusalWords(error.message)
  if (refusal !== undefined) return refusal
  const code = problemCode(error) ?? ''
  if (i18next.language === 'en' || !i18next.exists(`problem.${code}`)) return error.message
  const title = i18next.t(`problem.${code}`)
  return detailed.has(code) ? `${title}: ${error.message}` : title
}

/** One of a text in both languages; undefined for anything else. */
export function inLanguage(words: unknown): string | undefined {
  const text = isRecord(words) ? words[i18next.language === 'en' ? 'en' : 'ru'] : undefined
  return typeof text === 'string' ? text : undefined
}

/** Says what happened, what was kept and what to do. */
export function tellError(error: unknown): void {
  tellFault(errorWords(error))
}

export function tellFault(message: string): void {
  notifications.show({
    color: 'red',
    title: i18next.t('error.title'),
    message,
    autoClose: 8000,
    closeButtonProps: { 'aria-label': i18next.t('common.close') },
  })
}

export function tell(message: string): void {
  notifications.show({ message, autoClose: 4000, closeButtonProps: { 'aria-label': i18next.t('common.close') } })
}
