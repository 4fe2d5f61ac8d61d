import { implement } from '@orpc/server'
import { changeTemplate, deleteTemplate } from '../../core/templates/change-template.ts'
import { fillTemplate } from '../../core/templates/fill-template.ts'
import { templateVariables } from '../../core/templates/template.ts'
import { selectTemplates } from '../../core/templates/template-store.ts'
import { templatesContract } from '../contract/templates.ts'
import type { ApiContext } from './context.ts'

const os = implement(templatesContract).$context<ApiContext>()

export const templatesRoutes = os.router({
  list: os.list.handler(async ({ input, context: { deps, actor } }) => ({
    items: await selectTemplates(deps.pool, { userId: input.mine ? actor.id : undefined }),
    variables: [...templateVariables],
  })),
  create: os.create.handler(({ input, context }) => changeTemplate(context.deps, undefined, input, context)),
  update: os.update.handler(({ input: { id, ...change }, context }) => changeTemplate(context.deps, id, change, context)),
  delete: os.delete.handler(async ({ input, context }) => {
    await deleteTemplate(context.deps, input.id, context)
    return {}
  }),
  fill: os.fill.handler(({ input, context }) => fillTemplate(context.deps, { ...input, actor: context.actor })),
})
