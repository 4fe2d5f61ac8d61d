import i18next from 'i18next'

const codes = 'RU BY KZ UA UZ KG AM AZ GE MD TJ TM EE LV LT DE GB US FR IT ES PL CZ TR IL AE IN CN'.split(' ')

/** ISO 3166 codes with their names in the console's language, for telephone numbers without a country. */
export function countries(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([i18next.language || 'ru'], { type: 'region' })
  return codes.map((code) => ({ value: code, label: names.of(code) ?? code }))
}
