import { implement } from '@orpc/server'
import { cancelImport, changeMapping, checkImport, discardImport, startImport, undoImport } from '../../core/imports/change-import.ts'
import { listImportRows, listImports } from '../../core/imports/list-imports.ts'
import { presentImport } from '../../core/imports/present-import.ts'
import { importsContract } from '../contract/imports.ts'
import type { ApiContext } from './context.ts'

const os = implement(importsContract).$context<ApiContext>()

export const importsRoutes = {
  list: os.list.handler(({ input, context }) => listImports(context.deps, input)),
  get: os.get.handler(({ input, context }) => presentImport(context.deps.pool, input.id)),
  update: os.update.handler(({ input: { id, ...change }, context }) => changeMapping(context.deps, id, change)),
  rows: os.rows.handler(({ input: { id, ...page }, context }) => listImportRows(context.deps, id, page)),
  check: os.check.handler(({ input, context }) => checkImport(context.deps, input.id)),
  start: os.start.handler(({ input, context }) => startImport(context.deps, input.id, context)),
  cancel: os.cancel.handler(({ input, context }) => cancelImport(context.deps, input.id, context)),
  undo: os.undo.handler(({ input, context }) => undoImport(context.deps, input.id, context)),
  discard: os.discard.handler(async ({ input, context }) => {
    await discardImport(context.deps, input.id, context)
    return {}
  }),
}
