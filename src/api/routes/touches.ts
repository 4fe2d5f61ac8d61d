import { implement } from '@orpc/server'
import { readDispositions } from '../../core/dispositions/disposition-store.ts'
import { saveDispositions } from '../../core/dispositions/save-dispositions.ts'
import { changeTouch, listTouchVersions, undoTouch } from '../../core/touches/change-touch.ts'
import { logTouch } from '../../core/touches/log-touch.ts'
import { dispositionsContract, touchesContract } from '../contract/touches.ts'
import type { ApiContext } from './context.ts'

const touches = implement(touchesContract).$context<ApiContext>()
const dispositions = implement(dispositionsContract).$context<ApiContext>()

const moment = (at: string | undefined) => (at === undefined ? undefined : new Date(at))

export const touchesRoutes = touches.router({
  log: touches.log.handler(({ input: { id, at, nextStep, ...touch }, context }) =>
    logTouch(
      context.deps,
      id,
      { ...touch, at: moment(at), nextStep: nextStep && { title: nextStep.title, dueAt: new Date(nextStep.dueAt) } },
      context,
    ),
  ),
  change: touches.change.handler(({ input: { id, at, ...patch }, context }) => changeTouch(context.deps, id, { ...patch, at: moment(at) }, context)),
  undo: touches.undo.handler(({ input, context }) => undoTouch(context.deps, input.id, context)),
  history: touches.history.handler(async ({ input, context }) => ({ items: await listTouchVersions(context.deps, input.id, context) })),
})

export const dispositionsRoutes = dispositions.router({
  list: dispositions.list.handler(async ({ context }) => ({ items: await readDispositions(context.deps.pool) })),
  save: dispositions.save.handler(async ({ input, context }) => ({ items: await saveDispositions(context.deps, input, context) })),
})
