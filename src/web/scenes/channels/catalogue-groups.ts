import type { api } from '../../api/client.ts'

export type CatalogueItem = Awaited<ReturnType<typeof api.connectors.list>>['items'][number]

/** The order in which firms look; other media follow by name. */
const order = ['form', 'chat', 'voice', 'sms', 'email']

/** All media of the catalogue. */
export function mediaOf(items: CatalogueItem[]): string[] {
  return [...new Set(items.flatMap(({ media }) => media))].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
}

function rank(medium: string): number {
  const at = order.indexOf(medium)
  return at === -1 ? order.length : at
}

/** By all words that a person types, wherever they stand: name, summary or steps, in either language. `medium` may be `all`. */
export function findConnectors(items: CatalogueItem[], { text, medium }: { text: string; medium: string }): CatalogueItem[] {
  const words = fold(text).split(/\s+/).filter(Boolean)
  return items.filter((item) => (medium === 'all' || item.media.includes(medium)) && words.every((word) => textOf(item).includes(word)))
}

function textOf({ id, title, summary, steps }: CatalogueItem): string {
  return fold([id, title.ru, title.en, summary.ru, summary.en, ...steps.flatMap((step) => [step.ru, step.en])].join(' '))
}

/** The two dots that people leave out. */
function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replaceAll('\u0308', '').normalize('NFC')
}

/** Each under its first medium, or all under the one that is asked for. */
export function groupsOf(items: CatalogueItem[], medium: string): { medium: string; items: CatalogueItem[] }[] {
  const groups = Map.groupBy(items, (item) => (medium === 'all' ? (item.media[0] ?? '') : medium))
  return [...groups].map(([name, group]) => ({ medium: name, items: group })).sort((a, b) => rank(a.medium) - rank(b.medium))
}
