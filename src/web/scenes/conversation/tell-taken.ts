import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { isRecord } from '../../components/is-record.ts'
import { problemCode, tellError } from '../../components/tell.ts'

/** Somebody was faster: who, and what can be done about it. Any other fault is told as usual. */
export function tellTaken(error: unknown): void {
  const data = isRecord(error) && isRecord(error.data) ? error.data : undefined
  if (problemCode(error) !== 'conflict' || typeof data?.assigneeName !== 'string') {
    tellError(error)
    return
  }
  notifications.show({
    title: i18next.t('hand.takenBy', { name: data.assigneeName }),
    message: i18next.t('hand.takenHint'),
    autoClose: 8000,
    closeButtonProps: { 'aria-label': i18next.t('common.close') },
  })
}
