import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { tellError } from '../../components/tell.ts'

export type ReviewKind = 'call' | 'conversation' | 'card'
export type MarkValue = 0 | 1 | null

export const parts = ['call', 'conversation', 'card'] as const

/** What is marked of one subject by the checklist of today, and which item is next. `at`: where its recording stands. */
export function useMarks(kind: ReviewKind, subjectId: string, at: number | null, onNext: (() => void) | undefined) {
  const [given, setGiven] = useState<Record<string, { value: MarkValue; atSeconds: number | null }>>({})
  const [place, setPlace] = useState(0)
  const list = useQuery({ queryKey: ['checklist'], queryFn: () => api.checklist.get() })
  const reviews = useQuery({ queryKey: ['reviews', kind, subjectId], queryFn: () => api.reviews.list({ kind, subjectIds: [subjectId], limit: 1 }) })
  const review = reviews.data?.items[0]
  const items = parts.flatMap((part) => list.data?.items.filter((item) => item.part === part && (part === kind || part === 'card')) ?? [])
  const markOf = (itemId: string) => given[itemId] ?? review?.marks.find((mark) => mark.itemId === itemId) ?? { value: null, atSeconds: null }
  const save = useMutation({
    mutationFn: () =>
      api.reviews.save({
        kind,
        id: subjectId,
        marks: items.map(({ id }) => ({ itemId: id, value: markOf(id).value, atSeconds: markOf(id).atSeconds })),
      }),
    onSuccess: async () => {
      await Promise.all(['reviews', 'calls'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
      onNext?.()
    },
    onError: tellError,
  })
  return {
    isPending: list.isPending || reviews.isPending,
    review,
    items,
    current: items[place],
    values: items.map(({ id }) => markOf(id).value),
    markOf,
    save,
    /** Marks an item; the one after it is next. */
    mark(itemId: string | undefined, value: MarkValue): void {
      if (itemId === undefined) return
      setGiven({ ...given, [itemId]: { value, atSeconds: value === 0 ? at : null } })
      setPlace(items.findIndex(({ id }) => id === itemId) + 1)
    },
  }
}
