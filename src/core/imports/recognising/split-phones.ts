import { findPhoneNumbersInText, isSupportedCountry } from 'libphonenumber-js'

/** An office's extension: `доб. 12`, `вн 12`, `ext. 12`, `x12`, `#12`. */
const extension = /[\s,;(]*(?:доб(?:ав(?:очный)?)?|вн(?:утр(?:енний)?)?|extension|ext|x|#)[\s.:№]*(\d{1,7})\)?/giu
const mostDigits = 15

export interface WrittenPhone {
  raw: string
  /** It is an office's number: with an extension. */
  isOffice: boolean
}

/** The phones of one cell: people put several there, between commas, slashes, line ends or nothing at all. */
export function splitPhones(cell: string, country: string): WrittenPhone[] {
  const together = cell.replaceAll(extension, ' #$1')
  const parts = together.split(/[,;|/\n\r]+|\s+(?:и|или|and|or)\s+/iu).map((part) => part.trim())
  return parts.filter((part) => part !== '').flatMap((part) => splitUnparted(part, country))
}

function splitUnparted(part: string, country: string): WrittenPhone[] {
  const [number = ''] = part.split('#')
  const written = { raw: part.replace(/ #(\d+)$/, ' доб. $1'), isOffice: part.includes('#') }
  if (number.replaceAll(/\D/g, '').length <= mostDigits) return [written]
  const found = findPhoneNumbersInText(part, isSupportedCountry(country) ? { defaultCountry: country } : {})
  return found.length > 1 ? found.map(({ startsAt, endsAt }) => ({ raw: part.slice(startsAt, endsAt), isOffice: false })) : [written]
}
