import { neutralise } from './neutralise.ts'

/** As Excel opens it by a double click: with a byte order mark, and semicolons where the comma is for decimals. */
export async function* writeCsv(rows: AsyncIterable<string[]>, language: string): AsyncIterable<Buffer> {
  const separator = language === 'ru' ? ';' : ','
  yield Buffer.from('\ufeff')
  for await (const cells of rows) yield Buffer.from(`${cells.map((cell) => quoted(neutralise(cell), separator)).join(separator)}\r\n`)
}

function quoted(cell: string, separator: string): string {
  return /["\r\n\t]/.test(cell) || cell.includes(separator) ? `"${cell.replaceAll('"', '""')}"` : cell
}
