import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { encodeAs } from '../../../../tests/support/encode-as.ts'
import { openTable } from './read-table.ts'

const rows = async (bytes: Buffer) => {
  const found = []
  for await (const { number, cells } of openTable(bytes).rows) found.push([number, ...cells])
  return found
}
const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name))
const fault = async (bytes: Buffer) => {
  try {
    await rows(bytes)
  } catch (error) {
    return error
  }
  return undefined
}

const russian = 'Имя;Телефон\r\nПётр Щукин;8 916 123-45-67\r\n'
const utf16 = (text: string) => Buffer.from(text, 'utf16le')

test.each([
  ['utf-8', Buffer.from(russian)],
  ['utf-8', Buffer.from(`\ufeff${russian}`)],
  ['windows-1251', encodeAs('windows-1251', russian)],
  ['koi8-r', encodeAs('koi8-r', russian)],
  ['ibm866', encodeAs('ibm866', russian)],
  ['utf-16le', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(russian)])],
  ['utf-16be', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16(russian).swap16()])],
  ['utf-16le', utf16(russian)],
])('reads %s', async (encoding, bytes) => {
  expect(openTable(bytes)).toMatchObject({ format: 'csv', encoding, separator: ';' })
  expect(await rows(bytes)).toEqual([
    [1, 'Имя', 'Телефон'],
    [2, 'Пётр Щукин', '8 916 123-45-67'],
  ])
})

test('a letter of two bytes that the sample cuts is no other encoding', () => {
  expect(openTable(Buffer.from(`Имя\n${'я'.repeat(256 * 1024)}`)).encoding).toBe('utf-8')
})

test.each([';', ',', '\t', '|'])('finds the separator %j', async (separator) => {
  const text = [`a${separator}b${separator}c`, `"x;,\t|""y"${separator}2${separator}3`].join('\n')
  expect(openTable(Buffer.from(text)).separator).toBe(separator)
  expect((await rows(Buffer.from(text)))[1]).toEqual([2, 'x;,\t|"y', '2', '3'])
})

test('quoted line ends are one cell, empty lines are passed over, the numbers are those of Excel', async () => {
  const text = 'sep=;\r\nИмя;Заметка\r\n\r\nАнна;"раз\r\nдва"\r\n;;\r\nИван;"o"k"\r\n'
  expect(await rows(Buffer.from(text))).toEqual([
    [2, 'Имя', 'Заметка'],
    [4, 'Анна', 'раз\nдва'],
    [6, 'Иван', '"o"k"'],
  ])
})

test('what our export made harmless comes back as it was; NUL and half characters do not', async () => {
  expect(await rows(Buffer.from("a;b\n'=1+1;'+7 916\n"))).toEqual([
    [1, 'a', 'b'],
    [2, '=1+1', '+7 916'],
  ])
  expect(JSON.stringify(await rows(Buffer.from('a;b\nx\ud800;y\n')))).not.toContain('\\ud800')
})

test('reads the first visible sheet of openpyxl: dates, numbers, truth, line ends, no formula', async () => {
  expect(await rows(fixture('clients.xlsx'))).toEqual([
    [1, 'База клиентов 2026'],
    [3, 'ФИО', 'Телефон', 'Почта', 'Дата рождения', 'Сумма', 'Формула', 'Да', 'Комментарий'],
    [4, 'Иванов Иван', '79161234567', 'ivan@example.com', '1980-12-31', '1234.5', '', 'TRUE', 'строка 1\nстрока 2'],
    [5, 'Пётр & Ко <x>', '8 (495) 123-45-67 доб. 12\n+7 916 000-11-22', '', '2021-03-05 14:30', '', '', 'FALSE'],
    [8, '', '+7 901 222-33-44'],
  ])
})

test('reads what exceljs writes: rich text, shared texts, results of formulas, large numbers without an exponent', async () => {
  expect(await rows(fixture('exceljs.xlsx'))).toEqual([
    [1, 'Имя', 'Телефон', 'Дата'],
    [2, 'Анна Петрова', '8 916 777-66-55', '2020-02-29'],
    [3, 'ab', '15000000000'],
  ])
})

test('rows without a number, or with one that no sheet has, stand in their order', async () => {
  const row = (r: string) => `<row r="${r}"><c t="str"><v>x</v></c></row>`
  const sheet = `<worksheet><sheetData>${['1', 'x', '99999999999', '2', '7', '7'].map(row).join('')}</sheetData></worksheet>`
  expect((await rows(zip(workbook(Buffer.from(sheet))))).map(([number]) => number)).toEqual([1, 2, 3, 4, 7, 8])
})

test.each([
  ['empty', Buffer.alloc(0)],
  ['old_excel', Buffer.from('d0cf11e0a1b11ae10000', 'hex')],
  ['not_a_table', Buffer.from('%PDF-1.7\n')],
  ['not_a_table', Buffer.from('a;b\u0001\u0002')],
  ['web_page', Buffer.from('<html><table><tr><td>1</td></tr></table></html>')],
  ['broken_zip', fixture('clients.xlsx').subarray(0, 3_000)],
  ['no_sheet', zip([['readme.txt', Buffer.from('nothing')]])],
  ['quote_not_closed', Buffer.from('a;b\n1;"2\n3;4\n')],
  ['too_many_columns', Buffer.from(`a${';b'.repeat(300)}\n`)],
])('says %s', async (code, bytes) => {
  expect(await fault(bytes)).toMatchObject({ name: 'UnreadableFile', code })
})

test('an unclosed quote is told with its row', async () => {
  expect(await fault(Buffer.from('a;b\n1;2\n3;"4\n5;6\n'))).toMatchObject({ code: 'quote_not_closed', line: 3 })
})

test('a damaged sheet is told, wherever the damage is', async () => {
  const good = fixture('clients.xlsx')
  for (let at = 100; at < good.length; at += 371) {
    const bad = Buffer.from(good)
    bad.fill(0xa5, at, at + 40)
    const error = await fault(bad)
    if (error !== undefined) expect(error).toMatchObject({ name: 'UnreadableFile' })
  }
})

const workbook = (sheet: Buffer): [string, Buffer][] => [
  ['xl/workbook.xml', Buffer.from('<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>')],
  ['xl/_rels/workbook.xml.rels', Buffer.from('<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>')],
  ['xl/worksheets/sheet1.xml', sheet],
]

test('a zip bomb is refused before it is unpacked, also when it lies about its size', async () => {
  const bomb = Buffer.concat([Buffer.from('<worksheet><sheetData><row><c><v>'), Buffer.alloc(64 * 1024 * 1024, '1')])
  const before = process.memoryUsage().rss
  const honest = zip(workbook(bomb))
  expect(honest.length).toBeLessThan(1024 * 1024)
  expect(await fault(honest)).toMatchObject({ code: 'zip_bomb' })
  expect(await fault(zip(workbook(bomb), 1_000))).toMatchObject({ name: 'UnreadableFile' })
  expect(await fault(zip(Array.from({ length: 6_000 }, (_, n) => [`${n}`, Buffer.from('x')] as [string, Buffer])))).toMatchObject({
    code: 'zip_bomb',
  })
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024)
})

test('entities of its own a workbook cannot have: they are neither fetched nor grown', async () => {
  const xml =
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>'
  expect(await fault(zip(workbook(Buffer.from(xml))))).toMatchObject({ code: 'broken_zip' })
})

/** A zip by hand, so that it can lie: `claimed` is the size that it says of the last entry. */
function zip(entries: [string, Buffer][], claimed?: number): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [index, [name, content]] of entries.entries()) {
    const packed = deflateRawSync(content)
    const size = claimed !== undefined && index === entries.length - 1 ? claimed : content.length
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(size, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed])
    const entry = Buffer.alloc(46)
    entry.write('PK\x01\x02', 'latin1')
    entry.writeUInt16LE(20, 4)
    common.copy(entry, 6)
    entry.writeUInt32LE(offset, 42)
    locals.push(local)
    central.push(entry, Buffer.from(name))
    offset += local.length
  }
  const list = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, list, end])
}
