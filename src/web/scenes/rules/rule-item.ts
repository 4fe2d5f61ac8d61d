import type { api } from '../../api/client.ts'

export type RuleItem = Awaited<ReturnType<typeof api.rules.list>>['items'][number]
export type TemplateItem = Awaited<ReturnType<typeof api.templates.list>>['items'][number]
