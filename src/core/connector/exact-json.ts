/**
 * JSON in which whole numbers beyond 2^53 stay exact: they become text. `JSON.parse` alone would round a 64-bit id.
 * Throws SyntaxError for what is no JSON.
 */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text, keepExact)
}

// TypeScript's library does not know the third argument of ECMAScript 2026 yet.
function keepExact(_name: string, value: unknown, context?: { source?: string }): unknown {
  const isRounded = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
  return isRounded && context?.source !== undefined && /^-?\d+$/.test(context.source) ? context.source : value
}
