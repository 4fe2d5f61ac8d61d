import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { reachState } from './reach-state.ts'

type Reach = Awaited<ReturnType<typeof api.settings.reach>>

/** Looking takes up to ten seconds, and what was seen does not change by itself. */
const keptMs = 10 * 60_000

/** What the hub sees when it fetches itself by its public address. */
export function useReach(isEnabled = true) {
  return useQuery({ queryKey: ['reach'], queryFn: () => api.settings.reach(), staleTime: keptMs, retry: false, enabled: isEnabled })
}

/** True when services cannot be expected to bring anything: what fetches by itself is the way. */
export function isOutOfReach(reach: Reach | undefined): boolean {
  return reach !== undefined && ['private', 'other', 'nobody'].includes(reachState(reach))
}
