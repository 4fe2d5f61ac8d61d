import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { readFirm } from '../access/firm-store.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { writeCsv } from '../exports/write-csv.ts'
import type { FactRow } from './fact.ts'
import { type FactName, personalFacts } from './facts.ts'
import { type FactFilter, selectFacts } from './report-store.ts'
import { type AskedDays, readSpan } from './span.ts'

export interface RowsAsked extends AskedDays, FactFilter {
  fact: FactName
  cursor?: string | undefined
  limit: number
}

const place = z.tuple([z.iso.datetime(), z.uuid()])

/** The rows behind a number, the latest first; an operator gets what he did himself. Throws `invalid_request`, `invalid_cursor`, `forbidden`. */
export async function listFactRows(
  { pool }: { pool: Pool },
  actor: Actor,
  asked: RowsAsked,
): Promise<{ items: FactRow[]; nextCursor: string | null }> {
  const { span } = await readSpan(pool, (await readFirm(pool)).timeZone, asked)
  const after = asked.cursor === undefined ? undefined : decodeCursor(asked.cursor, place)
  const rows = await selectFacts(pool, actor, asked.fact, span, ownOnly(actor, asked), { after, limit: asked.limit + 1 })
  return toPage(rows, asked.limit, (row) => encodeCursor([row.at, row.id]))
}

function ownOnly(actor: Actor, asked: RowsAsked): FactFilter {
  if (actor.role !== 'operator') return asked
  if (!personalFacts.some((name) => name === asked.fact)) throw new CoreError('forbidden', 'You see the rows of what you did yourself.')
  return { ...asked, userId: actor.id }
}

const headings = {
  ru: ['Время', 'Клиент', 'Способ', 'Источник', 'Тема', 'Минут по часам', 'Рабочих минут', 'Id'],
  en: ['Time', 'Client', 'Medium', 'Source', 'Topic', 'Minutes by the clock', 'Working minutes', 'Id'],
}

/** All rows behind a number as CSV; cells that a spreadsheet would run are made harmless. Throws as `listFactRows`, before the first byte. */
export async function writeFactRows(deps: { pool: Pool }, actor: Actor, asked: RowsAsked, language: 'ru' | 'en'): Promise<AsyncIterable<Buffer>> {
  const { timeZone } = await readFirm(deps.pool)
  const first = await listFactRows(deps, actor, { ...asked, limit: 1000 })
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  async function* rows(): AsyncIterable<string[]> {
    yield headings[language]
    for (let page = first; ; page = await listFactRows(deps, actor, { ...asked, limit: 1000, cursor: page.nextCursor })) {
      for (const row of page.items) yield cellsOf(row, clock, language)
      if (page.nextCursor === null) return
    }
  }
  return writeCsv(rows(), language)
}

/** A Russian Excel takes `1.5` for the first of May. */
function cellsOf(row: FactRow, clock: Intl.DateTimeFormat, language: 'ru' | 'en'): string[] {
  const words = [row.name || (row.identity?.value ?? ''), row.medium, row.source, row.topic].map((word) => word ?? '')
  const minutes = String(row.minutes ?? '').replace('.', language === 'ru' ? ',' : '.')
  return [clock.format(new Date(row.at)), ...words, minutes, String(row.openMinutes ?? ''), row.id]
}
