import { implement } from '@orpc/server'
import { changeTask, createTask, settleTask } from '../../core/tasks/change-task.ts'
import { listTasks } from '../../core/tasks/list-tasks.ts'
import type { Due } from '../../core/tasks/task.ts'
import { tasksContract } from '../contract/tasks.ts'
import type { ApiContext } from './context.ts'

const os = implement(tasksContract).$context<ApiContext>()

export const tasksRoutes = os.router({
  list: os.list.handler(({ input: { assignee, ...filter }, context }) =>
    listTasks(context.deps, context.actor, { ...filter, assigneeId: assignee === 'me' ? context.actor.id : assignee }),
  ),
  create: os.create.handler(({ input: { due, ...task }, context }) => createTask(context.deps, { ...task, due: dueOf(due) }, context)),
  update: os.update.handler(({ input: { id, due, ...patch }, context }) =>
    changeTask(context.deps, id, { ...patch, ...(due && { due: dueOf(due) }) }, context),
  ),
  done: os.done.handler(({ input, context }) => settleTask(context.deps, input.id, true, context)),
  reopen: os.reopen.handler(({ input, context }) => settleTask(context.deps, input.id, false, context)),
})

function dueOf(due: { at: string } | { local: string; zone: string }): Due {
  return 'at' in due ? { at: new Date(due.at) } : due
}
