import i18next from 'i18next'

/** Asked before what has no way back is removed; what has one is done at once. */
export function isSure(name: string): boolean {
  return window.confirm(i18next.t('sure.remove', { name }))
}
