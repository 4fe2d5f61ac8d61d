import type { Logger } from '../connector/hub.ts'

const shortestSecret = 4
const mostDepth = 6

/** A logger with fixed fields in every line and the named secrets (also as written in URLs and base64) struck out. */
export function createRedactingLogger(logger: Logger, fixed: object, secrets: () => string[]): Logger {
  const line = (level: keyof Logger) => (fields: object, text: string) => {
    const words = secrets().flatMap(writtenForms)
    const redacted = redact(fields, words, 0)
    logger[level]({ ...(typeof redacted === 'object' ? redacted : {}), ...fixed }, strike(text, words))
  }
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') }
}

function writtenForms(secret: string): string[] {
  if (secret.length < shortestSecret) return []
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]
}

function strike(text: string, words: string[]): string {
  return words.reduce((struck, word) => struck.replaceAll(word, '•••'), text)
}

function redact(value: unknown, words: string[], depth: number): unknown {
  if (typeof value === 'string') return strike(value, words)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (depth > mostDepth) return '…'
  if (value instanceof Error) return { name: value.name, message: strike(value.message, words), ...redactFields(value, words, depth) }
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`
  if (Array.isArray(value)) return value.map((one) => redact(one, words, depth + 1))
  return redactFields(value, words, depth)
}

function redactFields(value: object, words: string[], depth: number): object {
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, redact(field, words, depth + 1)]))
}
