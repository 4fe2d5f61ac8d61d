import { describe, expect, it } from 'vitest'
import { decodeText, detectCharset } from './charset.ts'
import { repairHeaderBlock } from './repair-header.ts'

/** Bytes of a text in a one-byte charset, by turning the decoder around. */
function encode(text: string, charset: string): Buffer {
  const decoder = new TextDecoder(charset)
  const table = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]))
  return Buffer.from(Array.from(text, (character) => table.get(character) ?? 0x3f))
}

const samples = [
  'Заказ 15',
  'Добрый день',
  'Счёт',
  'Иванов Пётр',
  'Пришлите, пожалуйста, прайс на окна',
  'ООО «Ромашка»',
  'Re: Вопрос о доставке',
  'СРОЧНО! Нужен замер',
  'Ок',
  'Спасибо большое, жду',
]

describe('finding an undeclared charset', () => {
  it.each(
    ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5'].flatMap((charset) =>
      samples.filter((text) => text !== 'Счёт' || ['windows-1251', 'koi8-r'].includes(charset)).map((text) => [charset, text] as const),
    ),
  )('%s: %s', (charset, text) => {
    const encodable = charset === 'windows-1251' ? text : text.replace(/[«»]/g, '"')
    expect(decodeText(encode(encodable, charset))).toBe(encodable)
  })

  it('keeps what Western letters declare', () => {
    expect(detectCharset(encode('Schöne Grüße aus Köln', 'windows-1252'), 'iso-8859-1')).toBe('iso-8859-1')
    expect(decodeText(encode('Café à la crème', 'windows-1252'))).toBe('Café à la crème')
  })

  it('knows UTF-8, ISO-2022-JP and GB18030 by themselves', () => {
    expect(detectCharset(Buffer.from('Привет'))).toBe('utf-8')
    expect(detectCharset(Buffer.from('\u001b$B$3$s\u001b(B', 'latin1'))).toBe('iso-2022-jp')
    expect(decodeText(Buffer.from('c4e3bac3a3accac0bde7', 'hex'))).toBe('你好，世界')
  })
})

describe('repairing headers', () => {
  const subject = (bytes: string | Buffer) =>
    repairHeaderBlock(Buffer.concat([Buffer.from('Subject: '), Buffer.from(bytes), Buffer.from('\r\n')]))?.toString()

  it('leaves good headers alone', () => {
    expect(subject('Hello')).toBeUndefined()
    expect(subject('=?koi8-r?B?7dLJ18XU?=')).toBeUndefined()
  })

  it('joins words cut inside a character, in both encodings', () => {
    expect(subject('=?utf-8?Q?=D0?= =?utf-8?Q?=97=D0=B0?=')).toBe('Subject: =?utf-8?Q?=D0=97=D0=B0?=\r\n')
    const cut = Buffer.from('За')
    expect(subject(`=?utf-8?B?${cut.subarray(0, 1).toString('base64')}?=\r\n =?utf-8?B?${cut.subarray(1).toString('base64')}?=`)).toBe(
      `Subject: =?utf-8?B?${cut.toString('base64')}?=\r\n`,
    )
  })

  it('corrects words in a charset nobody knows, or called Latin by mistake', () => {
    const words = encode('Вопрос о доставке', 'windows-1251').toString('base64')
    const right = `Subject: =?utf-8?B?${Buffer.from('Вопрос о доставке').toString('base64')}?=\r\n`
    expect(subject(`=?x-unknown?B?${words}?=`)).toBe(right)
    expect(subject(`=?iso-8859-1?B?${words}?=`)).toBe(right)
  })
})
