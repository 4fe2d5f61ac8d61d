/**
 * Bytes → text in any charset. A declared one is believed unless the bytes say otherwise: valid multi-byte UTF-8 is practically never an accident,
 * and invalid UTF-8 in a Russian form is windows-1251 or koi8-r.
 */
export function decodeText(bytes: Uint8Array, declared?: string): string {
  const utf16 = byteOrderMark(bytes)
  if (utf16 !== undefined) return new TextDecoder(utf16).decode(bytes)
  const utf8 = decodeStrict(bytes, 'utf-8')
  if (utf8 !== undefined && (declared === undefined || utf8.length < bytes.length)) return utf8
  const named = declared === undefined || isUtf8(declared) ? undefined : decodeStrict(bytes, declared)
  return named ?? utf8 ?? decodeCyrillic(bytes)
}

/** The `charset` parameter of a Content-Type. */
export function charsetOf(contentType: string | undefined): string | undefined {
  return /;\s*charset="?([\w-]+)/i.exec(contentType ?? '')?.[1]
}

function isUtf8(label: string): boolean {
  return /^utf-?8$/i.test(label)
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined
}

function decodeStrict(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** How often letters stand in Russian text, per cent; rarer ones count little. Read in the wrong charset, common letters become rare ones. */
const frequency: Record<string, number> = {
  о: 11,
  е: 8.5,
  а: 8,
  и: 7.4,
  н: 6.7,
  т: 6.3,
  с: 5.5,
  р: 4.7,
  в: 4.5,
  л: 4.3,
  к: 3.5,
  м: 3.2,
  д: 3,
  п: 2.8,
  у: 2.6,
  я: 2,
}

function decodeCyrillic(bytes: Uint8Array): string {
  const windows = new TextDecoder('windows-1251').decode(bytes)
  const koi8 = new TextDecoder('koi8-r').decode(bytes)
  return likeness(koi8) > likeness(windows) ? koi8 : windows
}

/** Common letters, and words that are not written lIKE THIS: the two charsets have small letters and capitals the other way round. */
function likeness(text: string): number {
  const words = text.slice(0, 20_000).match(/[А-Яа-яЁё]+/g) ?? []
  return words.reduce((sum, word) => sum + commonness(word) * (/^([А-ЯЁ]?[а-яё]*|[А-ЯЁ]+)$/.test(word) ? 1 : 0.3), 0)
}

function commonness(word: string): number {
  return Array.from(word.toLowerCase()).reduce((sum, letter) => sum + (frequency[letter] ?? 0), 0)
}
