import { isKnownCharset } from './charset.ts'
import { type MapiProperty, mapiText, readMapi } from './mapi.ts'

export interface TnefFile {
  name?: string
  type?: string
  contentId?: string
  bytes: Buffer
}

export interface Tnef {
  text?: string
  html?: string
  files: TnefFile[]
}

const signature = 0x223e9f78
const attribute = {
  codePage: 0x9007,
  attachStart: 0x9002,
  attachTitle: 0x8010,
  attachData: 0x800f,
  attachProperties: 0x9005,
  messageProperties: 0x9003,
  body: 0x800c,
}
const property = { longName: 0x3707, shortName: 0x3704, mime: 0x370e, contentId: 0x3712, data: 0x3701, method: 0x3705, text: 0x1000, html: 0x1013 }
const embeddedMessage = 5

/**
 * What is inside a `winmail.dat` ([MS-OXTNEF]). Undefined when it is none; a damaged one gives what could be read.
 * No npm parser is used: the known one names files in a wrong code page and changes `String.prototype`.
 */
export function readTnef(bytes: Uint8Array): Tnef | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (data.length < 6 || data.readUInt32LE(0) !== signature) return undefined
  const tnef: Tnef = { files: [] }
  const reading = { codePage: 'windows-1252', current: undefined as TnefFile | undefined }
  for (const { id, value } of attributes(data)) {
    if (id === attribute.codePage && value.length >= 4) reading.codePage = codePageName(value.readUInt32LE(0))
    else if (id === attribute.attachStart) {
      reading.current = { bytes: Buffer.alloc(0) }
      tnef.files.push(reading.current)
    } else if (id === attribute.messageProperties) readMessage(tnef, readMapi(value), reading.codePage)
    else if (id === attribute.body) tnef.text ??= decode(value, reading.codePage)
    else if (reading.current !== undefined) readAttachment(reading.current, { id, value }, reading.codePage)
  }
  tnef.files = tnef.files.filter((file) => file.bytes.length > 0)
  return tnef
}

function* attributes(data: Buffer): Generator<{ id: number; value: Buffer }> {
  let at = 6
  while (at + 9 <= data.length) {
    const id = data.readUInt16LE(at + 1)
    const length = data.readUInt32LE(at + 5)
    if (at + 9 + length > data.length) return
    yield { id, value: data.subarray(at + 9, at + 9 + length) }
    at += 9 + length + 2
  }
}

function readMessage(tnef: Tnef, properties: MapiProperty[], codePage: string): void {
  for (const item of properties) {
    if (item.id === property.text) tnef.text ??= mapiText(item, codePage)
    if (item.id === property.html) tnef.html ??= item.type === 0x102 ? decode(item.value, codePage) : mapiText(item, codePage)
  }
}

function readAttachment(file: TnefFile, { id, value }: { id: number; value: Buffer }, codePage: string): void {
  if (id === attribute.attachTitle) file.name ??= decode(value, codePage)
  else if (id === attribute.attachData) file.bytes = value
  else if (id === attribute.attachProperties) readAttachmentProperties(file, readMapi(value), codePage)
}

function readAttachmentProperties(file: TnefFile, properties: MapiProperty[], codePage: string): void {
  const find = (id: number) => properties.find((item) => item.id === id)
  const name = find(property.longName) ?? find(property.shortName)
  if (name !== undefined) file.name = mapiText(name, codePage)
  const mime = find(property.mime)
  if (mime !== undefined) file.type = mapiText(mime, codePage)
  const contentId = find(property.contentId)
  if (contentId !== undefined) file.contentId = mapiText(contentId, codePage)
  const data = find(property.data)
  if (data === undefined || file.bytes.length > 0) return
  // an embedded object starts with the 16 bytes of its interface id
  const isEmbedded = data.type === 0x0d
  file.bytes = isEmbedded ? data.value.subarray(16) : data.value
  if (find(property.method)?.value.readUInt32LE(0) === embeddedMessage) {
    file.name = `${file.name ?? 'message'}.tnef`
    file.type = 'application/ms-tnef'
  }
}

function decode(bytes: Buffer, codePage: string): string {
  return new TextDecoder(codePage).decode(bytes).replace(/\0+$/, '')
}

function codePageName(page: number): string {
  const known: Record<number, string> = {
    65001: 'utf-8',
    866: 'ibm866',
    20866: 'koi8-r',
    28595: 'iso-8859-5',
    932: 'shift_jis',
    936: 'gb18030',
    949: 'euc-kr',
    950: 'big5',
  }
  const name = known[page] ?? `windows-${page}`
  return isKnownCharset(name) ? name : 'windows-1252'
}
