import { expect, it } from 'vitest'
import { decodeText } from './decode-text.ts'

/** Bytes of a Russian text in a single-byte charset, found by decoding every byte. */
function encode(text: string, charset: string): Uint8Array {
  const letters = new Map(Array.from({ length: 256 }, (_, byte) => [new TextDecoder(charset).decode(Uint8Array.of(byte)), byte]))
  return Uint8Array.from(text, (letter) => letters.get(letter) ?? 0x3f)
}

it.each(['Анна', 'АННА КИМ', 'ПЕРЕЗВОНИТЕ МНЕ ПОЖАЛУЙСТА', 'Добрый день, сколько стоит?', 'Да'])(
  'reads "%s" in windows-1251 though nobody declared it',
  (text) => {
    expect(decodeText(encode(text, 'windows-1251'))).toBe(text)
    expect(decodeText(encode(text, 'windows-1251'), 'utf-8')).toBe(text)
    expect(decodeText(encode(text, 'windows-1251'), 'windows-1251')).toBe(text)
  },
)

it.each(['Добрый день, сколько стоит доставка?', 'ПЕРЕЗВОНИТЕ МНЕ ПОЖАЛУЙСТА'])('reads "%s" in koi8-r though nobody declared it', (text) => {
  expect(decodeText(encode(text, 'koi8-r'))).toBe(text)
})

it('believes the bytes where the declaration is wrong or unknown', () => {
  expect(decodeText(Buffer.from('Анна 🙂'), 'windows-1251')).toBe('Анна 🙂')
  expect(decodeText(Buffer.from('Анна'), 'no-such-charset')).toBe('Анна')
  expect(decodeText(Uint8Array.of(0xff, 0xfe, 0x10, 0x04), 'utf-8')).toBe('А')
})
