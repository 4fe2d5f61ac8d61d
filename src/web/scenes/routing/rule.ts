import type { api } from '../../api/client.ts'

/** How clients are shared out in a firm, a team or a channel. */
export type ScopedRule = Awaited<ReturnType<typeof api.routing.rules>>['items'][number]
export type Rule = ScopedRule['rule']
