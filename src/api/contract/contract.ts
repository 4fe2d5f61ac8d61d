import { teamsContract } from './teams.ts'

/** Everything that console and outside world may call; under /api/v1. One line per resource. */
export const contract = {
  teams: teamsContract,
}
