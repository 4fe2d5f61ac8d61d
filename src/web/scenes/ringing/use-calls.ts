import { useEffect, useMemo, useState } from 'react'
import { api } from '../../api/client.ts'
import { useSession } from '../../api/session.ts'
import { useNow } from '../../components/use-now.ts'
import { onLiveItem } from '../../live/connect-live.ts'
import { useLive } from '../../live/live-store.ts'
import { type CallItem, type RingKind, ringKind } from './ring-kind.ts'

const lookMs = 60_000

/** Running calls and what is left to write of my last ones, as they change: what was there when the console opened, then the live line. */
export function useCalls(): { call: CallItem; kind: Exclude<RingKind, 'none'> }[] {
  const { user } = useSession()
  const { isLive } = useLive()
  const now = useNow(lookMs)
  const [calls, setCalls] = useState<ReadonlyMap<string, CallItem>>(new Map())
  useEffect(() => {
    if (!isLive) return
    void Promise.all([api.calls.list({ state: 'running', limit: 100 }), api.calls.list({ userId: user.id, state: 'ended', limit: 5 })])
      .then((pages) =>
        setCalls((before) =>
          withNewer(
            before,
            pages.flatMap(({ items }) => items),
          ),
        ),
      )
      .catch(() => {})
  }, [isLive, user.id])
  useEffect(
    () =>
      onLiveItem(({ type, subjectId, payload }) => {
        if (type === 'call.joined') setCalls((before) => new Map([...before].filter(([id]) => id !== subjectId)))
        if (type !== 'call.changed') return
        const call = payload as unknown as CallItem
        setCalls((before) => withNewer(before, [call], true))
      }),
    [],
  )
  return useMemo(
    () =>
      [...calls.values()]
        .flatMap((call) => {
          const kind = ringKind(call, user.id, now)
          return kind === 'none' ? [] : [{ call, kind }]
        })
        .sort((a, b) => a.call.startedAt.localeCompare(b.call.startedAt)),
    [calls, user.id, now],
  )
}

/** What the live line said is newer than any list. */
function withNewer(before: ReadonlyMap<string, CallItem>, calls: CallItem[], isLive = false): ReadonlyMap<string, CallItem> {
  const after = new Map(before)
  for (const call of calls) if (isLive || !after.has(call.id)) after.set(call.id, call)
  return after
}
