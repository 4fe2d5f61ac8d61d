import { useQuery } from '@tanstack/react-query'
import { healthQuery } from '../api/health.ts'
import classes from './waiting-count.module.css'

/** How many things need a hand, where everybody who may help sees it. */
export function ProblemCount() {
  const health = useQuery(healthQuery)
  const count = health.data?.problems.length ?? 0
  return count > 0 ? <span className={classes.count} data-count={count} /> : null
}
