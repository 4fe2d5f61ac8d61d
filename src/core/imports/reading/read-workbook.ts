import { isDateFormat } from './excel-date.ts'
import type { OpenedZip } from './open-zip.ts'
import { UnreadableFile } from './unreadable-file.ts'
import { readXml, type XmlHandlers } from './xml-events.ts'

/** Letters of all texts of a workbook together; they are held in memory. */
const mostLetters = 128 * 1024 * 1024

export interface Workbook {
  /** Name of the entry that holds the first sheet that is not hidden. */
  sheet: string
  strings: string[]
  /** By number of a cell's style: it shows a date. */
  isDate: boolean[]
  /** Days are counted from 1904 instead of 1900 (old Excel for Mac). */
  from1904: boolean
}

/** What the cells of a sheet refer to (ECMA-376 part 1, §18). Throws `UnreadableFile`. */
export async function readWorkbook(zip: OpenedZip): Promise<Workbook> {
  const { sheetRef, from1904 } = await readSheets(zip)
  const [target, strings, isDate] = await Promise.all([readTarget(zip, sheetRef), readStrings(zip), readDateStyles(zip)])
  return { sheet: target, strings, isDate, from1904 }
}

async function readPart(zip: OpenedZip, name: string, handlers: XmlHandlers): Promise<boolean> {
  const stream = await zip.open(name)
  if (stream) await readXml(stream, handlers)
  return stream !== undefined
}

async function readSheets(zip: OpenedZip) {
  let sheetRef: string | undefined
  let from1904 = false
  const found = await readPart(zip, 'xl/workbook.xml', {
    open(tag, attributes) {
      if (tag === 'workbookPr') from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true'
      if (tag === 'sheet' && (attributes.state ?? 'visible') === 'visible') sheetRef ??= attributes['r:id'] ?? Object.values(attributes).at(-1)
    },
  })
  if (!found || sheetRef === undefined) throw new UnreadableFile('no_sheet')
  return { sheetRef, from1904 }
}

async function readTarget(zip: OpenedZip, ref: string): Promise<string> {
  let target: string | undefined
  await readPart(zip, 'xl/_rels/workbook.xml.rels', {
    open(tag, { Id, Target }) {
      if (tag === 'Relationship' && Id === ref) target = Target
    },
  })
  if (target === undefined) throw new UnreadableFile('no_sheet')
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}

/** Texts that cells name by number. Readings above Japanese words (`rPh`) are no part of them. */
async function readStrings(zip: OpenedZip): Promise<string[]> {
  const strings: string[] = []
  let text = ''
  let letters = 0
  let isText = false
  let isReading = false
  await readPart(zip, 'xl/sharedStrings.xml', {
    open(tag) {
      if (tag === 'si') text = ''
      if (tag === 'rPh') isReading = true
      if (tag === 't') isText = !isReading
    },
    close(tag) {
      if (tag === 't') isText = false
      if (tag === 'rPh') isReading = false
      if (tag === 'si') strings.push(text)
    },
    text(piece) {
      if (!isText) return
      letters += piece.length
      if (letters > mostLetters) throw new UnreadableFile('zip_bomb')
      text += piece
    },
  })
  return strings
}

async function readDateStyles(zip: OpenedZip): Promise<boolean[]> {
  const formats = new Map<number, string>()
  const isDate: boolean[] = []
  let isCellStyles = false
  await readPart(zip, 'xl/styles.xml', {
    open(tag, attributes) {
      if (tag === 'numFmt') formats.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      if (tag === 'cellXfs') isCellStyles = true
      if (tag === 'xf' && isCellStyles) isDate.push(isDateFormat(Number(attributes.numFmtId ?? 0), formats.get(Number(attributes.numFmtId))))
    },
    close(tag) {
      if (tag === 'cellXfs') isCellStyles = false
    },
  })
  return isDate
}
