import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { problemCode } from '../components/tell.ts'

let leave = () => {}

/** What is done when the hub knows this browser no longer: signed out elsewhere, switched off, or away for too long. */
export function whenSignedOut(act: () => void): void {
  leave = act
}

function notice(error: unknown): void {
  if (problemCode(error) === 'not_signed_in') leave()
}

/** Live events keep the cache fresh; a refused call is not repeated behind the person's back. */
export const queryClient = new QueryClient({
  // Whether anybody is signed in is asked before there is a console to leave.
  queryCache: new QueryCache({ onError: (error, query) => query.queryKey[0] !== 'session' && notice(error) }),
  mutationCache: new MutationCache({ onError: notice }),
  defaultOptions: { queries: { staleTime: 30_000, retry: (count, error) => count < 2 && !isRefusal(error), refetchOnWindowFocus: false } },
})

function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500
}
