import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'

export type ReplayItem = Awaited<ReturnType<typeof api.replays.list>>['items'][number]

/** Live events tell of it; should one be missed, it is asked for. */
const askAgainMs = 3_000

export function isRunning({ status }: Pick<ReplayItem, 'status'>): boolean {
  return status === 'waiting' || status === 'running'
}

/** The replays that the hub works on by itself, whoever asked; the log is read anew when one ends. */
export function useReplays(): { running: ReplayItem | undefined; last: ReplayItem | undefined } {
  const may = useRight('replays.list')
  const { data } = useQuery({
    queryKey: ['replays'],
    queryFn: () => api.replays.list(),
    enabled: may,
    refetchInterval: ({ state }) => (state.data?.items.some(isRunning) ? askAgainMs : false),
  })
  const running = data?.items.find(isRunning)
  const before = useRef(running?.id)
  useEffect(() => {
    if (before.current !== undefined && running === undefined) void queryClient.invalidateQueries({ queryKey: ['deliveries'] })
    before.current = running?.id
  }, [running])
  return { running, last: data?.items[0] }
}
