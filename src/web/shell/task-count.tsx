import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import classes from './waiting-count.module.css'

const everyMs = 60_000

/** The bell: how many of one's own tasks are overdue. Asked anew each minute, for time alone makes a task late. */
export function TaskCount() {
  const tasks = useQuery({
    queryKey: ['tasks', 'bell'],
    queryFn: () => api.tasks.list({ assignee: 'me', state: 'overdue', limit: 1 }),
    refetchInterval: everyMs,
  })
  const count = tasks.data?.mine.overdue ?? 0
  return count > 0 ? <span className={classes.count} data-count={count} /> : null
}
