import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js'

/** Keys whose digits are never a telephone, whatever they look like. */
const notPhones =
  /(^| )(inn|kpp|ogrn|bik|snils|инн|кпп|огрн|бик|снилс|счет|паспорт|passport|id|order|заказ|заказа|артикул|sku|price|цена|сумма|amount|ip|дата|date|time|код|code|card|карта|карты|zip|индекс)( |$)/

/** E.164 when the number is valid in the country or names its own; undefined otherwise. */
export function toE164(written: string, country: CountryCode): string | undefined {
  if (written.length > 60) return undefined
  const number = parsePhoneNumberFromString(written, country)
  return number?.isValid() ? number.number : undefined
}

/** The telephones of a field that is known to hold one: E.164 where possible, else as written for core to judge. */
export function readPhones(value: string, country: CountryCode): string[] {
  const short = value.slice(0, 200)
  const whole = toE164(short, country)
  if (whole !== undefined) return [whole]
  const parts = short.split(/[,;/\n]|(?:^| )(?:или|or|и)(?: |$)/).filter((part) => part.replace(/\D/g, '').length >= 5)
  const numbers = parts.map((part) => toE164(part.trim(), country) ?? part.trim().slice(0, 60))
  return [...new Set(numbers)]
}

/** Whether a value of a field nobody named is a telephone. */
export function looksLikePhone(value: string, key: string, country: CountryCode): boolean {
  if (value.length > 30 || notPhones.test(key) || !/^\+?[\d\s().-]+$/.test(value.trim())) return false
  const digits = value.replace(/\D/g, '')
  const isDate = /^\d{1,4}[.-]\d{1,2}[.-]\d{1,4}/.test(value.trim())
  return !isDate && digits.length >= 10 && digits.length <= 15 && toE164(value, country) !== undefined
}
