import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { api } from '../../api/client.ts'

/** As many as one page of calls has. */
const atOnce = 100

/** The reviews of all these calls, however many pages of them are loaded. */
export function useReviews(callIds: string[]) {
  const chunks = Array.from({ length: Math.ceil(callIds.length / atOnce) }, (_, index) => callIds.slice(index * atOnce, (index + 1) * atOnce))
  return useQueries({
    queries: chunks.map((subjectIds) => ({
      queryKey: ['reviews', 'list', subjectIds],
      queryFn: () => api.reviews.list({ kind: 'call', limit: atOnce, subjectIds }),
      placeholderData: keepPreviousData,
    })),
    combine: (results) => results.flatMap(({ data }) => data?.items ?? []),
  })
}
