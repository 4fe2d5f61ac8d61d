import type { Router } from '@orpc/server'
import type { contract } from '../contract/contract.ts'
import type { ApiContext } from './context.ts'
import { teamsRoutes } from './teams.ts'

/** Everything of the contract, implemented. One line per resource. */
export const router = {
  teams: teamsRoutes,
} satisfies Router<typeof contract, ApiContext>
