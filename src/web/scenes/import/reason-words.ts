import i18next from 'i18next'
import { shownIdentity } from '../../components/shown-identity.ts'
import type { ImportRow } from './import-item.ts'

/** Why a row is what it is, in words. */
export function reasonWords({ code, value = '' }: ImportRow['reasons'][number]): string {
  const key = `import.reason.${code}`
  const shown = value.startsWith('+') ? shownIdentity({ kind: 'phone', value }) : value
  return i18next.exists(key) ? i18next.t(key, { value: shown }) : i18next.t('import.reason.other', { value: value || code })
}

/** Why a card stays after an undoing. */
export function staysWords(code: string): string {
  const key = `import.stays.${code}`
  return i18next.t(i18next.exists(key) ? key : 'import.stays.other')
}
