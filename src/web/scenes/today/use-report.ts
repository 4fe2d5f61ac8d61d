import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { onLiveItem } from '../../live/connect-live.ts'

/** Many days take longer to read, and change less by one event. */
const everyMs = { day: 3000, days: 30_000 }
const concerns = /^(entry|conversation|lead|call|contact|contacts|quarantine|task)\./

/** The page's numbers; what happens is in them a few seconds later at most. */
export function useReport(days: { from?: string; to?: string; teamId?: string }) {
  const report = useQuery({ queryKey: ['reports', 'today', days], queryFn: () => api.reports.today(days), placeholderData: (before) => before })
  const isOneDay = days.from === days.to
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = onLiveItem(({ type }) => {
      if (!concerns.test(type)) return
      timer ??= setTimeout(
        () => {
          timer = undefined
          void queryClient.invalidateQueries({ queryKey: ['reports'] })
        },
        isOneDay ? everyMs.day : everyMs.days,
      )
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [isOneDay])
  return report
}
