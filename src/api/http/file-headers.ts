/** What browsers draw without ever running anything. */
const shownInline = /^image\/(?:png|jpeg|gif|webp|avif|bmp)$|^audio\/|^video\//

/** Headers of a file that somebody sent: whatever could run in a browser comes as a download. */
export function fileHeaders(file: { name: string; type: string }): Record<string, string> {
  const isInline = shownInline.test(file.type)
  return {
    'content-type': isInline ? file.type : 'application/octet-stream',
    'content-disposition': `${isInline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeRfc5987(file.name)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  }
}

/** RFC 5987 §3.2: more than encodeURIComponent escapes. */
function encodeRfc5987(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
