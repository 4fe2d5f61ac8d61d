import type { FileRow } from '../import.ts'
import { largestFile, longestCell, mostRows } from './limits.ts'
import { openCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import { UnreadableFile } from './unreadable-file.ts'

export interface OpenedTable {
  format: 'csv' | 'xlsx'
  encoding: string | null
  separator: string | null
  /** The rows that hold something, the head first. */
  rows: AsyncIterable<FileRow>
}

/** Knows the kind of a file by its first bytes, never by its name. Throws `UnreadableFile`, also from the middle of `rows`. */
export function openTable(bytes: Buffer): OpenedTable {
  if (bytes.length === 0) throw new UnreadableFile('empty')
  if (bytes.length > largestFile) throw new UnreadableFile('zip_bomb')
  const start = bytes.subarray(0, 8).toString('latin1')
  // The compound files of Excel before 2007, and of every Excel that has a password (MS-CFB §2.2).
  if (start === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') throw new UnreadableFile('old_excel')
  if (start.startsWith('PK\x03\x04')) return { format: 'xlsx', encoding: null, separator: null, rows: clean(readXlsx(bytes)) }
  if (/^(?:%PDF|\x89PNG|GIF8|\xff\xd8\xff|Rar!|7z\xbc)/.test(start)) throw new UnreadableFile('not_a_table')
  const { encoding, separator, rows } = openCsv(bytes)
  return { format: 'csv', encoding, separator, rows: clean(rows) }
}

/** PostgreSQL holds no NUL and no half character. */
async function* clean(rows: AsyncIterable<FileRow>): AsyncIterable<FileRow> {
  let count = 0
  for await (const { number, cells } of rows) {
    const plain = cells.map(cleanCell)
    if (plain.every((cell) => cell === '')) continue
    if (++count > mostRows + 1) throw new UnreadableFile('too_many_rows')
    yield { number, cells: plain }
  }
}

/** Without the apostrophe by which our own export keeps a cell from being a formula. */
function cleanCell(cell: string): string {
  return cell
    .replaceAll('\u0000', '')
    .replaceAll(/\r\n?/g, '\n')
    .toWellFormed()
    .trim()
    .replace(/^'(?=[=+@-])/, '')
    .slice(0, longestCell)
}
