/** Decodes quoted-printable leniently (RFC 2045 6.7): what is not an escape stays as it is. */
export function decodeQuotedPrintable(bytes: Uint8Array): Buffer {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .split('\n')
    .map(trimLine)
    .join('\n')
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return Buffer.from(text, 'latin1')
}

/** Without the blanks that mail servers add at the end of lines. */
function trimLine(line: string): string {
  const hasReturn = line.endsWith('\r')
  const trimmed = line.trimEnd()
  return hasReturn ? `${trimmed}\r` : trimmed
}

/** Bytes of a part whose transfer encoding is named; unknown names mean the bytes themselves. */
export function decodeTransfer(bytes: Uint8Array, encoding: string): Uint8Array {
  if (encoding === 'base64') return Buffer.from(Buffer.from(bytes).toString('latin1'), 'base64')
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(bytes)
  return bytes
}
