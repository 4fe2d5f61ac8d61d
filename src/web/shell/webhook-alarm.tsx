import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { useRight } from '../api/session.ts'
import classes from './waiting-count.module.css'

/** How many webhooks were switched off by their failures, where whoever may help sees it. */
export function WebhookAlarm() {
  const maySee = useRight('webhooks.list')
  const webhooks = useQuery({ queryKey: ['webhooks', 'alarm'], queryFn: () => api.webhooks.list({}), enabled: maySee, staleTime: 60_000 })
  const count = webhooks.data?.items.filter(({ state }) => state === 'disabled').length ?? 0
  return count > 0 ? <span className={classes.count} data-count={count} /> : null
}
