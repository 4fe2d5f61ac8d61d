import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js'

/** Keys whose digits are never a telephone, whatever they look like. */
const notPhones =
  /(^| )(inn|kpp|ogrn|bik|snils|инн|кпп|огрн|бик|снилс|счет|паспорт|passport|id|order|заказ|заказа|артикул|sku|price|цена|сумма|amount|ip|дата|date|time|код|code|card|карта|карты|zip|индекс)( |$)/

/** Only to tell a telephone from other digits: most sites that leave the country out are Russian, and what names its own country is read anyway. */
const likelyCountry: CountryCode = 'RU'

/** E.164 when the number is valid in the country or names its own; undefined otherwise. */
export function toE164(written: string, country: CountryCode): string | undefined {
  if (written.length > 60) return undefined
  const number = parsePhoneNumberFromString(written, country)
  return number?.isValid() ? number.number : undefined
}

/** The telephones of a field that is known to hold one. Without a country they stay as written: core reads them by the firm's own. */
export function readPhones(value: string, country: CountryCode | undefined): string[] {
  const short = value.slice(0, 200).trim()
  const parts = short.split(/[,;/\n]|(?:^| )(?:или|or|и)(?: |$)/).map((part) => part.trim())
  const numbers = parts.filter((part) => part.replace(/\D/g, '').length >= 7)
  const written = numbers.length > 1 ? numbers : [short.slice(0, 60)]
  return [...new Set(written.map((number) => (country === undefined ? undefined : toE164(number, country)) ?? number))]
}

/** Whether a value of a field nobody named is a telephone. */
export function looksLikePhone(value: string, key: string, country: CountryCode | undefined): boolean {
  const text = value.trim()
  if (text.length > 30 || notPhones.test(key) || !/^\+?[\d\s().-]+$/.test(text)) return false
  const digits = text.replace(/\D/g, '')
  const isDate = /^\d{1,4}[.-]\d{1,2}[.-]\d{1,4}/.test(text)
  return !isDate && digits.length >= 10 && digits.length <= 15 && toE164(text, country ?? likelyCountry) !== undefined
}
