import type { Actor } from '../access/actor.ts'
import { readFirm } from '../access/firm-store.ts'
import type { Pool } from '../database/pool.ts'
import { writeCsv } from '../exports/write-csv.ts'
import { listReviews } from './list-reviews.ts'
import type { ReviewView } from './review.ts'
import type { ReviewFilter } from './review-store.ts'

const headings = {
  ru: ['Проверено', 'Что', 'Чья работа', 'Кто проверил', 'Единиц', 'Отмечено', 'Код'],
  en: ['Reviewed', 'What', 'Whose work', 'Reviewer', 'Ones', 'Marked', 'Id'],
}
const mostRows = 20_000

/** A table of reviews: a row each, a column for each item with 1, 0 or nothing, and the total. At most 20 000, the latest. */
export async function writeReviews(
  { pool }: { pool: Pool },
  actor: Actor,
  filter: ReviewFilter,
  language: 'ru' | 'en',
): Promise<AsyncIterable<Buffer>> {
  const { timeZone } = await readFirm(pool)
  const reviews: ReviewView[] = []
  for (let cursor: string | undefined; reviews.length < mostRows; ) {
    const page = await listReviews({ pool }, actor, { ...filter, cursor, limit: 1000 })
    reviews.push(...page.items)
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  const { rows } = await pool.query<{ id: string; name: string }>('select id, name from users')
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  const items = [...new Set(reviews.flatMap(({ marks }) => marks.map(({ text }) => text)))]
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const nameOf = (id: string | null) => (id === null ? '' : (names.get(id) ?? ''))
  async function* table(): AsyncIterable<string[]> {
    const [at, what, whose, who, ...end] = headings[language]
    yield [at ?? '', what ?? '', whose ?? '', who ?? '', ...items, ...end]
    for (const review of reviews) {
      const marks = items.map((text) => String(review.marks.find((mark) => mark.text === text)?.value ?? ''))
      const head = [clock.format(new Date(review.createdAt)), review.kind, nameOf(review.userId), nameOf(review.reviewerId)]
      yield [...head, ...marks, String(review.ones), String(review.marked), review.subjectId]
    }
  }
  return writeCsv(table(), language)
}
