import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useRight } from '../../api/session.ts'
import components from '../../components/components.module.css'
import { Chip, type Tone } from '../../components/page.tsx'
import { shownReason } from '../../components/shown-reason.ts'
import { tellError } from '../../components/tell.ts'
import { shownKind } from './event-kind.ts'
import classes from './log.module.css'

type Event = Awaited<ReturnType<typeof api.deliveries.get>>['events'][number]

export const tones: Record<Event['status'] | 'received' | 'held', Tone> = {
  applied: 'good',
  ignored: 'plain',
  parked: 'late',
  waiting: 'soon',
  quarantined: 'soon',
  superseded: 'plain',
  received: 'soon',
  held: 'soon',
}

/** What was read from a delivery and what came of it, each with the way to its place. */
export function DeliveryEvents({ events }: { events: Event[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const maySeeCards = useRight('entries.get')
  const open = useMutation({
    mutationFn: (id: string) => api.entries.get({ id }),
    onSuccess: ({ cardId }) => cardId && navigate({ to: '/waiting/$cardId', params: { cardId } }),
    onError: tellError,
  })
  return (
    <ul className={components.box}>
      {events.map((event) => (
        <li key={event.key} className={`${classes.foot} ${classes.event}`}>
          <b>{shownKind(event.kind)}</b>
          <Chip tone={tones[event.status]}>{t(`log.one.${event.status}`)}</Chip>
          <span className={components.grow} title={event.key}>
            {event.reason && shownReason(event.reason)}
          </span>
          {event.status === 'quarantined' && <Link to="/quarantine">{t('log.toQuarantine')}</Link>}
          {maySeeCards && event.entryId !== null && (
            <Button variant="subtle" loading={open.isPending} onClick={() => event.entryId && open.mutate(event.entryId)}>
              {t('log.card')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
