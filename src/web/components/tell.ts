import { notifications } from '@mantine/notifications'
import i18next from 'i18next'

/** The code of a problem (RFC 9457) that the API answered with. */
export function problemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('data' in error && typeof error.data === 'object' && error.data !== null && 'code' in error.data) return String(error.data.code)
  return 'code' in error ? String(error.code) : undefined
}

/** Says what happened, what was kept and what to do. */
export function tellError(error: unknown): void {
  const detail = error instanceof Error && 'status' in error ? error.message : i18next.t('error.offline')
  notifications.show({
    color: 'red',
    title: i18next.t('error.title'),
    message: detail,
    autoClose: 8000,
    closeButtonProps: { 'aria-label': i18next.t('common.close') },
  })
}

export function tell(message: string): void {
  notifications.show({ message, autoClose: 4000, closeButtonProps: { 'aria-label': i18next.t('common.close') } })
}
