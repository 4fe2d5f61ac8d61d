import type { FileRow } from '../import.ts'
import { excelDate } from './excel-date.ts'
import { longestCell, mostColumns } from './limits.ts'
import { openZip } from './open-zip.ts'
import { readWorkbook, type Workbook } from './read-workbook.ts'
import { UnreadableFile } from './unreadable-file.ts'
import { xmlEvents } from './xml-events.ts'

/** Excel specifications and limits. */
const mostSheetRows = 1_048_576

/** The first sheet that is not hidden, row by row, with what its cells show: dates as `2026-11-22`, formulas by their last result. Throws `UnreadableFile`. */
export async function* readXlsx(bytes: Buffer): AsyncIterable<FileRow> {
  const zip = await openZip(bytes)
  try {
    const book = await readWorkbook(zip)
    const stream = await zip.open(book.sheet)
    if (!stream) throw new UnreadableFile('no_sheet')
    const sheet = new SheetReader(book)
    yield* xmlEvents(stream, sheet, () => sheet.rows.splice(0))
  } finally {
    zip.close()
  }
}

/** Gathers the rows of a sheet from its tags. */
class SheetReader {
  rows: FileRow[] = []
  readonly #book: Workbook
  #number = 0
  #cells: string[] = []
  #column = -1
  #type = 'n'
  #style = 0
  #value = ''
  #isValue = false

  constructor(book: Workbook) {
    this.#book = book
  }

  open(tag: string, attributes: Record<string, string>): void {
    if (tag === 'row') {
      this.#number = numberOf(attributes.r, this.#number)
      this.#cells = []
      this.#column = -1
    } else if (tag === 'c') {
      this.#column = columnOf(attributes.r) ?? this.#column + 1
      this.#type = attributes.t ?? 'n'
      this.#style = Number(attributes.s ?? 0)
      this.#value = ''
    } else if (tag === 'v' || tag === 't') this.#isValue = true
  }

  close(tag: string): void {
    if (tag === 'v' || tag === 't') this.#isValue = false
    else if (tag === 'c') this.#keepCell(this.#shown())
    else if (tag === 'row') this.rows.push({ number: this.#number, cells: this.#cells })
  }

  text(piece: string): void {
    if (this.#isValue && this.#value.length < longestCell) this.#value += piece
  }

  #keepCell(shown: string): void {
    if (shown === '') return
    if (this.#column >= mostColumns) throw new UnreadableFile('too_many_columns', this.#number)
    while (this.#cells.length < this.#column) this.#cells.push('')
    this.#cells[this.#column] = shown
  }

  /** Cell types: ECMA-376 part 1, §18.18.11. */
  #shown(): string {
    const value = this.#value
    if (this.#type === 's') return this.#book.strings[Number(value)] ?? ''
    if (this.#type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
    if (this.#type !== 'n' || value === '') return value
    const number = Number(value)
    if (!Number.isFinite(number)) return value
    if (this.#book.isDate[this.#style]) return excelDate(number, this.#book.from1904)
    return plainNumber(number, value)
  }
}

/** A row stands behind the one before it, and within what a sheet can hold, whatever the file says. */
function numberOf(written: string | undefined, before: number): number {
  const number = Number(written)
  return Number.isInteger(number) && number > before && number <= mostSheetRows ? number : before + 1
}

/** A phone that Excel took for a number, without its exponent: `7.9161234567E10`. */
function plainNumber(number: number, text: string): string {
  return /e/i.test(text) && Number.isSafeInteger(number) ? String(number) : text
}

/** `C7` → 2. */
function columnOf(place: string | undefined): number | undefined {
  const letters = place && /^[A-Z]{1,3}/.exec(place)?.[0]
  if (!letters) return undefined
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
