import { Menu } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { useSession } from '../api/session.ts'
import { tellError } from '../components/tell.ts'
import { useLive } from '../live/live-store.ts'
import classes from './presence.module.css'

const states = ['available', 'busy', 'away'] as const

/** Whether new clients come to me. The server keeps it: a browser that sleeps says nothing. */
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
    <Menu position="right-end" shadow="md">
      <Menu.Target>
        <button type="button" className={classes.switch} data-state={state} title={t('presence.choose')}>
          {t(`presence.${state}`)}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {states.map((value) => (
          <Menu.Item key={value} className={classes.choice ?? ''} data-state={value} onClick={() => choose.mutate(value)}>
            {t(`presence.${value}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
