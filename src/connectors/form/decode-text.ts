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

/** Russian text has far more small letters than capitals; read in the wrong one of the two charsets it is the other way round. */
function decodeCyrillic(bytes: Uint8Array): string {
  const windows = new TextDecoder('windows-1251').decode(bytes)
  const koi8 = new TextDecoder('koi8-r').decode(bytes)
  return smallLetters(koi8) > smallLetters(windows) ? koi8 : windows
}

function smallLetters(text: string): number {
  return text.match(/[а-яё]/g)?.length ?? 0
}
