import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import type { CallItem } from './ring-kind.ts'

export type CandidateItem = Awaited<ReturnType<typeof api.calls.candidates>>['items'][number]

/** Whose call it may be and what is behind the number dialled; empty until it is known. */
export function useCandidates(call: CallItem) {
  const { data } = useQuery({ queryKey: ['candidates', call.id, call.contactId], queryFn: () => api.calls.candidates({ id: call.id }) })
  const items = data?.items ?? []
  return { address: data?.address ?? null, items, chosen: items.find(({ isChosen }) => isChosen), isKnown: data !== undefined }
}
