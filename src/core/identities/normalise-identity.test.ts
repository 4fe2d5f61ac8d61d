import { expect, test } from 'vitest'
import { fc } from '../../../tests/support/dice.ts'
import { normaliseIdentity } from './normalise-identity.ts'
import { formatPhone } from './normalise-phone.ts'

const phone = (raw: string, country = 'RU') => normaliseIdentity('phone', raw, country)
const email = (raw: string) => normaliseIdentity('email', raw, 'RU')

test.each([
  '8 (916) 123-45-67',
  '89161234567',
  '9161234567',
  '79161234567',
  '+7 916 123 45 67',
  '+8 (916) 123-45-67',
  'tel:+7-916-123-45-67',
  'sip:+79161234567@pbx.example.com',
  '8(916)123-45-67 доб. 12',
  'тел. 8 916 123-45-67',
  '007 916 123 45 67',
])('reads %s as the same Russian mobile', (raw) => {
  const country = raw.startsWith('00') ? 'DE' : 'RU'
  expect(phone(raw, country)).toEqual({ kind: 'phone', value: '+79161234567' })
})

test('reads a national number by the country of its channel, and a foreign one without its plus', () => {
  expect(phone('030 123456', 'DE')).toEqual({ kind: 'phone', value: '+4930123456' })
  expect(phone('0044 20 7946 0958', 'DE')).toEqual({ kind: 'phone', value: '+442079460958' })
  expect(phone('810 44 20 7946 0958', 'RU')).toEqual({ kind: 'phone', value: '+442079460958' })
  expect(phone('79161234567', 'US')).toEqual({ kind: 'phone', value: '+79161234567' })
  expect(phone('+79161234567', 'nowhere')).toEqual({ kind: 'phone', value: '+79161234567' })
})

test.each([
  ['', 'empty'],
  ['anonymous', 'withheld'],
  ['Restricted', 'withheld'],
  ['sip:anonymous@anonymous.invalid', 'withheld'],
  ['Скрытый номер', 'withheld'],
  ['0000', 'placeholder'],
  ['000-00-00', 'placeholder'],
  ['+7 (999) 999-99-99', 'placeholder'],
  ['8 900 000-00-00', 'placeholder'],
  ['112', 'short_number'],
  ['0500', 'short_number'],
  ['Sberbank', 'not_a_number'],
  ['123-45-67', 'not_a_number'],
  ['1234567890', 'not_a_number'],
])('never takes the phone %j for a key: %s', (raw, reason) => {
  expect(phone(raw)).toEqual({ never: reason })
})

test('writes a phone for people', () => {
  expect(formatPhone('+79161234567')).toBe('+7 916 123 45 67')
  expect(formatPhone('not a phone')).toBe('not a phone')
})

test.each([
  ['Ivan.Petrov@Example.COM', 'ivan.petrov@example.com'],
  ['  ivan@почта.рф ', 'ivan@xn--80a1acny.xn--p1ai'],
  ['Иван Петров <ivan@example.com>', 'ivan@example.com'],
  ['mailto:ivan@example.com?subject=x', 'ivan@example.com'],
  ['ivan@example.com.', 'ivan@example.com'],
  ['reply@example.com', 'reply@example.com'],
  ['norell@example.com', 'norell@example.com'],
])('reads the e-mail %s as %s', (raw, value) => {
  expect(email(raw)).toEqual({ kind: 'email', value })
})

test.each([
  ['no-reply@example.com', 'no_reply'],
  ['NoReply@example.com', 'no_reply'],
  ['account.do-not-reply@example.com', 'no_reply'],
  ['MAILER-DAEMON@mx.example.com', 'no_reply'],
  ['postmaster@example.com', 'no_reply'],
  ['ivan', 'not_an_address'],
  ['@example.com', 'not_an_address'],
  ['ivan petrov@example.com', 'not_an_address'],
  ['ivan@', 'not_an_address'],
])('never takes the e-mail %s for a key: %s', (raw, reason) => {
  expect(email(raw)).toEqual({ never: reason })
})

test('keeps other kinds as they are', () => {
  expect(normaliseIdentity('some-messenger:bot', ' AbC-123 ', 'RU')).toEqual({ kind: 'some-messenger:bot', value: 'AbC-123' })
  expect(normaliseIdentity('some-messenger:bot', '000', 'RU')).toEqual({ never: 'placeholder' })
})

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[+]?[\d ()-]{5,18}$/),
  fc.emailAddress(),
  fc.tuple(fc.string(), fc.string({ unit: 'grapheme' })).map(([local, domain]) => `${local}@${domain}`),
)

test('is idempotent, never throws, and gives nothing that the database cannot hold', () => {
  fc.assert(
    fc.property(fc.constantFrom('phone', 'email', 'other'), anyText, fc.constantFrom('RU', 'US', 'DE', 'KZ', ''), (kind, raw, country) => {
      const once = normaliseIdentity(kind, raw, country)
      if ('never' in once) return
      expect(once.value).not.toBe('')
      expect(once.value).not.toContain('\u0000')
      for (const other of [country, 'RU', 'US']) expect(normaliseIdentity(kind, once.value, other)).toEqual(once)
    }),
    { numRuns: 3000 },
  )
})

test('gives one key for one Russian number, however it is punctuated', () => {
  const subscriber = fc.stringMatching(/^9[0-9]{9}$/).filter((digits) => !('never' in phone(`+7${digits}`)))
  fc.assert(
    fc.property(subscriber, fc.constantFrom('8', '+7', '7', '+8', ''), fc.constantFrom('', ' ', '-', '\u00a0'), (digits, prefix, gap) => {
      const written = [prefix, digits.slice(0, 3), digits.slice(3, 6), digits.slice(6, 8), digits.slice(8)].filter(Boolean).join(gap)
      expect(phone(written)).toEqual({ kind: 'phone', value: `+7${digits}` })
    }),
  )
})
