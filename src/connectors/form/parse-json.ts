/**
 * JSON as form builders send it: a byte order mark, ids beyond 2^53 (kept digit for digit) and raw line breaks inside strings
 * (templates that paste an answer without escaping it) are forgiven. Undefined when it is no JSON.
 */
export function parseJson(text: string): unknown {
  const clean = text.replace(/^\uFEFF/, '').trim()
  return tryParse(clean) ?? tryParse(escapeControls(clean))
}

function tryParse(text: string): unknown {
  try {
    return /\d{16}/.test(text) ? JSON.parse(text, keepBigIntegers) : JSON.parse(text)
  } catch {
    return undefined
  }
}

function keepBigIntegers(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  return context?.source !== undefined && /^-?\d+$/.test(context.source) ? context.source : value
}

function escapeControls(text: string): string {
  return text.replace(/"(?:[^"\\]|\\[\s\S])*"/g, (literal) =>
    literal.replace(/\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`),
  )
}
