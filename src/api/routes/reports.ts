import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { implement } from '@orpc/server'
import { z } from 'zod'
import { listFactRows, writeFactRows } from '../../core/reports/list-fact-rows.ts'
import { readOwnLine } from '../../core/reports/read-people.ts'
import { readToday } from '../../core/reports/read-today.ts'
import { factQuery, reportsContract } from '../contract/reports.ts'
import type { ApiContext } from './context.ts'
import type { RawHandler } from './raw-handler.ts'

const os = implement(reportsContract).$context<ApiContext>()

export const reportsRoutes = os.router({
  today: os.today.handler(({ input, context }) => readToday(context.deps, context.actor, narrowed(input))),
  mine: os.mine.handler(({ input, context }) => readOwnLine(context.deps, context.actor, input)),
  rows: os.rows.handler(({ input, context }) => listFactRows(context.deps, context.actor, narrowed(input))),
})

/** The words for "of none" as core knows them. */
function narrowed<Asked extends { userId?: string | undefined; teamId?: string | undefined }>(asked: Asked) {
  return { ...asked, userId: asked.userId === 'nobody' ? null : asked.userId, teamId: asked.teamId === 'none' ? null : asked.teamId }
}

const fileQuery = z.object({ ...factQuery, language: z.enum(['ru', 'en']).default('en') })

export const sendFactRows: RawHandler = async (request, response, actor, deps) => {
  const { language, ...asked } = fileQuery.parse(request.query)
  const file = await writeFactRows(deps, actor, { ...narrowed(asked), limit: 1 }, language)
  response.set({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${asked.fact}.csv"`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  })
  await pipeline(Readable.from(file), response).catch((error: unknown) => {
    if (!response.destroyed) throw error
  })
}
