import type { api } from '../../api/client.ts'

export type Approved = Awaited<ReturnType<typeof api.approvedTemplates.list>>['items'][number]

/** A text with what stands in its places so far. `at`: where a part begins. */
export function filledParts(text: string, values: Record<string, string>): { at: number; words: string; isEmpty: boolean }[] {
  const parts: { at: number; words: string; isEmpty: boolean }[] = []
  let end = 0
  for (const { 0: whole, 1: id = '', index } of text.matchAll(/\{\{([\w.-]+)\}\}/g)) {
    if (index > end) parts.push({ at: end, words: text.slice(end, index), isEmpty: false })
    const value = values[id]?.trim() ?? ''
    parts.push({ at: index, words: value || `{{${id.slice(id.indexOf('.') + 1)}}}`, isEmpty: value === '' })
    end = index + whole.length
  }
  if (end < text.length) parts.push({ at: end, words: text.slice(end), isEmpty: false })
  return parts
}

export function isFilled({ places }: Approved, values: Record<string, string>): boolean {
  return places.every(({ id }) => (values[id]?.trim() ?? '') !== '')
}

/** What is sent of it: its name, its language and a value for each of its places. */
export function chosenOf({ name, language, places }: Approved, values: Record<string, string>) {
  return { name, language, values: Object.fromEntries(places.map(({ id }) => [id, values[id]?.trim() ?? ''])) }
}
