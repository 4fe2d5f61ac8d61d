import { Button } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { tellError } from '../../components/tell.ts'
import { absoluteTime, shownTime } from '../../components/when.ts'
import classes from './scheduled-bar.module.css'

const changed = () => Promise.all(['conversations', 'timeline', 'waiting'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))

/** What will leave at its time; what was held because something newer came, and waits for a word. */
export function ScheduledBar({ cardId }: { cardId: string }) {
  const { t } = useTranslation()
  const scheduled = useQuery({ queryKey: ['conversations', cardId, 'scheduled'], queryFn: () => api.scheduled.list({ id: cardId }) })
  const act = useMutation({
    mutationFn: ({ id, what }: { id: string; what: 'send' | 'cancel' }) => api.scheduled[what]({ id }),
    onSuccess: changed,
    onError: tellError,
  })
  if (!scheduled.data || scheduled.data.items.length === 0) return null
  return (
    <ul className={classes.bar} aria-label={t('schedule.title')}>
      {scheduled.data.items.map((message) => (
        <li key={message.id} data-held={message.state === 'held'}>
          <IconClock size={16} stroke={1.8} aria-hidden />
          <div className={classes.words}>
            <b title={absoluteTime(message.sendAt)}>
              {message.reason ? t(`schedule.held.${message.reason}`) : t('schedule.leaves', { time: shownTime(message.sendAt) })}
            </b>
            <p title={message.text}>{message.text}</p>
            {message.detail && <p>{message.detail}</p>}
          </div>
          <Button variant="default" disabled={act.isPending} onClick={() => act.mutate({ id: message.id, what: 'send' })}>
            {t(message.state === 'held' ? 'schedule.sendAnyway' : 'schedule.sendNow')}
          </Button>
          <Button variant="subtle" disabled={act.isPending} onClick={() => act.mutate({ id: message.id, what: 'cancel' })}>
            {t('schedule.cancel')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
