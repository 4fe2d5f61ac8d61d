import { Readable } from 'node:stream'
import yazl from 'yazl'

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaging = 'http://schemas.openxmlformats.org/package/2006'

/** Excel's own limits (ECMA-376 part 1, §18.3.1.73; Excel specifications). */
export const mostXlsxRows = 1_048_576
const longestCell = 32_767

const parts: Record<string, string> = {
  '[Content_Types].xml': `${head}<Types xmlns="${packaging}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  '_rels/.rels': `${head}<Relationships xmlns="${packaging}/relationships"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="Switchboard" sheetId="1" r:id="r1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${packaging}/relationships"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
}

/** A workbook of one sheet as a stream. Every cell is a text and says so: Excel runs none of them. */
export async function* writeXlsx(rows: AsyncIterable<string[]>): AsyncIterable<Buffer> {
  const zip = new yazl.ZipFile()
  for (const [name, xml] of Object.entries(parts)) zip.addBuffer(Buffer.from(xml), name)
  const sheet = Readable.from(sheetOf(rows), { objectMode: false })
  const output = Readable.from(zip.outputStream)
  // What fails while the rows are read must fail the file, not hang it.
  sheet.on('error', (error) => output.destroy(error))
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml')
  zip.end()
  yield* output as AsyncIterable<Buffer>
}

async function* sheetOf(rows: AsyncIterable<string[]>): AsyncIterable<string> {
  yield `${head}<worksheet xmlns="${main}"><sheetData>`
  for await (const cells of rows) yield `<row>${cells.map(cellOf).join('')}</row>`
  yield '</sheetData></worksheet>'
}

function cellOf(text: string): string {
  if (text === '') return '<c/>'
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text.slice(0, longestCell))}</t></is></c>`
}

/** XML 1.0 §2.2 knows no other control characters. */
function escaped(text: string): string {
  const plain = text.toWellFormed().replaceAll(/\p{Cc}/gu, (character) => (/[\t\n\r]/.test(character) ? character : ''))
  return plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
