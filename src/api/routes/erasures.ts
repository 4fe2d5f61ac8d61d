import { pipeline } from 'node:stream/promises'
import { implement } from '@orpc/server'
import { askErasure } from '../../core/erasure/ask-erasure.ts'
import { getErasure, listErasures } from '../../core/erasure/list-erasures.ts'
import { askPersonExport } from '../../core/person-exports/ask-person-export.ts'
import { listExportsOf, openPersonExport } from '../../core/person-exports/open-person-export.ts'
import { erasuresContract, personExportsContract } from '../contract/erasures.ts'
import { byId } from '../contract/page.ts'
import type { ApiContext } from './context.ts'
import type { RawHandler } from './raw-handler.ts'

const os = implement(erasuresContract).$context<ApiContext>()
const exportsOs = implement(personExportsContract).$context<ApiContext>()

export const erasuresRoutes = os.router({
  create: os.create.handler(({ input, context }) => askErasure(context.deps, context, { contactId: input.id, confirmation: input.confirmation })),
  list: os.list.handler(({ input, context }) => listErasures(context.deps, input.limit)),
  get: os.get.handler(({ input, context }) => getErasure(context.deps, input.id)),
})

export const personExportsRoutes = exportsOs.router({
  create: exportsOs.create.handler(({ input, context }) => askPersonExport(context.deps, context, { contactId: input.id, language: input.language })),
  list: exportsOs.list.handler(({ input, context }) => listExportsOf(context.deps, context.actor, input.id)),
})

/** What was removed, in numbers, to be handed to who asked for it. */
export const sendCertificate: RawHandler = async (request, response, _actor, deps) => {
  const { id } = byId.parse(request.params)
  const { status, askedAt, doneAt, certificate } = await getErasure(deps, id)
  response.set({
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="erasure-${id}.json"`,
    'cache-control': 'private, no-store',
  })
  response.send(`${JSON.stringify({ id, status, askedAt, doneAt, ...certificate }, null, 2)}\n`)
}

export const sendPersonExport: RawHandler = async (request, response, actor, deps) => {
  const { id } = byId.parse(request.params)
  const file = await openPersonExport(deps, { actor, ip: request.ip }, id)
  response.set({
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="person-${id.slice(0, 8)}.zip"`,
    'content-length': String(file.size),
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  })
  await pipeline(file.stream, response).catch((error: unknown) => {
    if (!response.destroyed) throw error
  })
}
