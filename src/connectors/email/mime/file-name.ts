const maxBytes = 150

/** A file name that is safe to show and to save: no path, no control or bidi characters, at most 150 bytes, its extension kept. */
export function safeFileName(name: string | null | undefined, fallback: string): string {
  const base = (name ?? '').slice(-1000).normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const clean = base
    .replace(/[\p{Cc}\p{Cf}\ufffe\uffff]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[\s.]+|\s+$/g, '')
  return clip(clean === '' ? fallback : clean)
}

/** Names of one letter, the second of the same name becoming `name (2).ext`. */
export function distinctNames(names: string[]): string[] {
  const seen = new Map<string, number>()
  return names.map((name) => {
    const count = (seen.get(name.toLowerCase()) ?? 0) + 1
    seen.set(name.toLowerCase(), count)
    if (count === 1) return name
    const { stem, extension } = splitExtension(name)
    return `${stem} (${count})${extension}`
  })
}

function clip(name: string): string {
  if (Buffer.byteLength(name) <= maxBytes) return name
  const { stem, extension } = splitExtension(name)
  let short = stem
  while (short.length > 1 && Buffer.byteLength(short + extension) > maxBytes) short = Array.from(short).slice(0, -1).join('')
  return short + extension
}

function splitExtension(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.')
  if (dot < 1 || name.length - dot > 12) return { stem: name, extension: '' }
  return { stem: name.slice(0, dot), extension: name.slice(dot) }
}
