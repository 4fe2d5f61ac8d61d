import i18next from 'i18next'

/** What a medium brings, in words; an unknown one by its own name. */
export function mediumWords(medium: string): string {
  return i18next.t(`medium.${medium}`, { defaultValue: medium })
}
