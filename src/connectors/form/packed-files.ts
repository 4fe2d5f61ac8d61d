import { addEntry, type Collector, limits } from './entries.ts'

const dataUrl = /^data:([\w.+-]+\/[\w.+-]+)?((?:;[^;,]{1,100}){0,4});base64,/
const base64 = /^[A-Za-z0-9+/_-]+={0,2}$/

/** A file that stands in a text as a data URL (RFC 2397), as scripts of pages send it. False: it is none. */
export function takeDataUrl(text: string, into: Collector, { name, path }: { name: string; path: string }): boolean {
  const [head, type = 'application/octet-stream', parameters = ''] = dataUrl.exec(text.slice(0, 600)) ?? []
  if (head === undefined) return false
  const bytes = decode(text.slice(head.length))
  if (bytes === undefined) return false
  const named = /;(?:file)?name=([^;]+)/.exec(parameters)?.[1]
  takeFile(into, {
    bytes,
    type,
    field: { name, path },
    name: named === undefined ? `${path.split('.').at(-1)}.${extensionOf(type)}` : unescapeName(named),
  })
  return true
}

/** A file that stands in JSON as an object with its name and its content in base64, as plug-ins send it. False: it is none. */
export function takeFileObject(item: Record<string, unknown>, into: Collector, path: string): boolean {
  const name = [item.filename, item.fileName, item.file_name, item.name].find((one) => typeof one === 'string')
  const content = [item.base64, item.content, item.data].find((one) => typeof one === 'string')
  if (name === undefined || content === undefined || !/\.\w{1,8}$/.test(name)) return false
  const bytes = decode(content.replace(/^data:[^,]{0,500},/, ''))
  if (bytes === undefined) return false
  const type = [item.type, item.mime, item.mimeType, item.contentType, item.content_type].find((one) => typeof one === 'string')
  takeFile(into, { bytes, type: type ?? 'application/octet-stream', field: { name: path, path }, name })
  return true
}

interface File {
  bytes: Uint8Array
  type: string
  name: string
  field: { name: string; path: string }
}

function takeFile(into: Collector, { bytes, type, name, field }: File): void {
  if (into.attachments.length >= limits.files) {
    into.dropped += 1
    return
  }
  into.attachments.push({ name, type, size: bytes.length, bytes })
  addEntry(into, { ...field, type: 'file', value: name })
}

function decode(text: string): Uint8Array | undefined {
  const plain = text.replace(/\s+/g, '')
  return plain.length >= 4 && base64.test(plain) ? Buffer.from(plain, 'base64') : undefined
}

function extensionOf(type: string): string {
  return (
    type
      .split('/')
      .at(-1)
      ?.replace(/^x-|\+.*$/g, '')
      .replace('jpeg', 'jpg')
      .replace('octet-stream', 'bin') ?? 'bin'
  )
}

function unescapeName(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
