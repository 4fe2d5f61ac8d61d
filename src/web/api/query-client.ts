import { QueryClient } from '@tanstack/react-query'

/** Live events keep the cache fresh; a refused call is not repeated behind the person's back. */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 30_000, retry: (count, error) => count < 2 && !isRefusal(error), refetchOnWindowFocus: false } },
})

function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500
}
