/** Where the connector found the quote to begin, the text is folded there; the whole stays a click away. */
export function splitQuote(text: string, extra: Record<string, unknown> | null): { own: string; quote: string } {
  const start = Number(extra?.quoteStart)
  if (!Number.isInteger(start) || start <= 0 || start >= text.length) return { own: text, quote: '' }
  return { own: text.slice(0, start).trimEnd(), quote: text.slice(start) }
}
