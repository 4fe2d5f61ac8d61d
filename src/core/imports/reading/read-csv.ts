import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import type { FileRow } from '../import.ts'
import { detectEncoding, type Encoding } from './detect-encoding.ts'
import { detectSeparator, type Separator } from './detect-separator.ts'
import { mostColumns } from './limits.ts'
import { UnreadableFile } from './unreadable-file.ts'

const sampleBytes = 256 * 1024
const longestRecord = 4 * 1024 * 1024

export interface OpenedCsv {
  encoding: Encoding
  separator: Separator
  rows: AsyncIterable<FileRow>
}

/** Reads a text table as a stream. Throws `UnreadableFile`, also from the middle of `rows`. */
export function openCsv(bytes: Buffer): OpenedCsv {
  const head = bytes.subarray(0, sampleBytes)
  const encoding = detectEncoding(head)
  const sample = new TextDecoder(encoding).decode(head)
  if (/^\s*<(?:!doctype|html|table|\?xml)/i.test(sample)) throw new UnreadableFile('web_page')
  if (holdsControls(sample)) throw new UnreadableFile('not_a_table')
  const separator = detectSeparator(sample)
  return { encoding, separator, rows: rowsOf(bytes, encoding, separator) }
}

/** What no text has: control characters other than tabs and line ends. */
function holdsControls(text: string): boolean {
  return /\p{Cc}/u.test(text.replaceAll(/[\t\n\v\f\r\u0085]/g, ''))
}

async function* rowsOf(bytes: Buffer, encoding: Encoding, separator: Separator): AsyncIterable<FileRow> {
  const parser = Readable.from(textOf(bytes, encoding)).pipe(
    parse({ delimiter: separator, relax_quotes: true, relax_column_count: true, max_record_size: longestRecord, skip_empty_lines: false }),
  )
  let number = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      number++
      if (number === 1 && cells[0]?.startsWith('sep=') && cells.length <= 2) continue
      if (cells.length > mostColumns) throw new UnreadableFile('too_many_columns', number)
      yield { number, cells }
    }
  } catch (error) {
    const isOpen = error instanceof CsvError && (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE')
    if (isOpen) throw new UnreadableFile('quote_not_closed', parser.info.records + 1, error)
    throw error
  }
}

function* textOf(bytes: Buffer, encoding: Encoding): Iterable<string> {
  const decoder = new TextDecoder(encoding)
  const step = 64 * 1024
  for (let at = 0; at < bytes.length; at += step) {
    const text = decoder.decode(bytes.subarray(at, at + step), { stream: at + step < bytes.length })
    if (text !== '') yield text
  }
}
