import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../api/client.ts'
import classes from './waiting-count.module.css'

/** How many clients wait, on the rail and on the browser's tab. */
export function WaitingCount() {
  const waiting = useQuery({ queryKey: ['waiting', 'count'], queryFn: () => api.waiting.list({ scope: 'all', limit: 1 }) })
  const count = waiting.data?.counts.all ?? 0
  useEffect(() => {
    document.title = count > 0 ? `(${count}) Switchboard` : 'Switchboard'
    return () => {
      document.title = 'Switchboard'
    }
  }, [count])
  return count > 0 ? <span className={classes.count} data-count={count} /> : null
}
