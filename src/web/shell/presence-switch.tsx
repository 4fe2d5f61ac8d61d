import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { useSession } from '../api/session.ts'
import { tellError } from '../components/tell.ts'
import { useLive } from '../live/live-store.ts'
import classes from './presence.module.css'

const states = ['available', 'busy', 'away'] as const

/** Whether new clients come to me. The server keeps it: a browser that sleeps says nothing. A plain select, for the first screen is weighed. */
export function PresenceSwitch() {
  const { t } = useTranslation()
  const session = useSession()
  const { isLive } = useLive()
  const presence = useQuery({ queryKey: ['presence'], queryFn: () => api.presence.list(), enabled: session.kind === 'user' })
  const choose = useMutation({
    mutationFn: (state: (typeof states)[number]) => api.presence.choose({ state }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['presence'] }),
    onError: tellError,
  })
  if (session.kind !== 'user') return null
  const state = (isLive && presence.data?.items.find(({ userId }) => userId === session.user.id)?.state) || 'away'
  return (
    <label className={classes.switch} data-state={state}>
      <select
        className={classes.select}
        aria-label={t('presence.choose')}
        title={t('presence.choose')}
        value={state}
        onChange={(event) => {
          const chosen = states.find((one) => one === event.currentTarget.value)
          if (chosen) choose.mutate(chosen)
        }}
      >
        {states.map((value) => (
          <option key={value} value={value}>
            {t(`presence.${value}`)}
          </option>
        ))}
      </select>
    </label>
  )
}
