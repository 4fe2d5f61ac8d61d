/** Whole seconds, also as `mm:ss` and `hh:mm:ss`; undefined: none of these, or more than a year. */
export function readSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,7}(?:\.\d+)?$/.test(text)) return Math.round(Number(text))
  return /^\d{1,4}(?::\d\d){1,2}$/.test(text) ? text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) : undefined
}
