/** An approved template, written as a message: its name and language in the first line, a value for each place in the lines below. */
export interface Template {
  name: string
  language: string
  values: string[]
}

/** `/template order_ready ru` and lines below; undefined for any other text. Names: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview */
export function readTemplate(text: string): Template | undefined {
  const [first = '', ...lines] = text.trim().split(/\r?\n/)
  const named = /^\/template\s+(?<name>[a-z0-9_]{1,512})\s+(?<language>[a-z]{2,3}(?:_[A-Z]{2,4})?)$/.exec(first.trim())?.groups
  if (!named?.name || !named.language) return undefined
  return { name: named.name, language: named.language, values: lines.map((line) => line.trim()).filter((line) => line !== '') }
}
