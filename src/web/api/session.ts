import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { api } from './client.ts'

export const sessionQuery = queryOptions({ queryKey: ['session'], queryFn: () => api.session.get(), staleTime: 60_000 })

/** Who is signed in. Inside the shell only, which has loaded it. */
export function useSession() {
  return useSuspenseQuery(sessionQuery).data
}

/** True when the role may call an operation, as `contacts.list`. The server checks again. */
export function useRight(operation: string): boolean {
  return useSession().rights.includes(operation)
}
