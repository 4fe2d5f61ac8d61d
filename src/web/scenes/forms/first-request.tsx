import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import components from '../../components/components.module.css'
import { Chip } from '../../components/page.tsx'
import { shownReason } from '../../components/shown-reason.ts'
import { tell, tellError } from '../../components/tell.ts'
import { absoluteTime, shownClock, shownTime } from '../../components/when.ts'
import { tones } from '../log/delivery-events.tsx'
import classes from './forms.module.css'

const mostShown = 5

/** Waits for the first request and turns green by itself; then shows the last ones. A test proves the way without a site. */
export function FirstRequest({ channelId, onFields }: { channelId: string; onFields(): void }) {
  const { t } = useTranslation()
  const latest = useQuery({
    queryKey: ['deliveries', { channelId, latest: true }],
    queryFn: () => api.deliveries.list({ channelId, limit: mostShown, tests: 'all' }),
  })
  const items = latest.data?.items ?? []
  const real = items.find(({ test }) => test !== true)
  const state = real ? 'came' : items.length > 0 ? 'onlyTests' : 'waiting'
  const ping = useMutation({
    mutationFn: () => api.channelTools.ping({ id: channelId }),
    onSuccess: () => tell(t('firstRequest.pinged')),
    onError: tellError,
  })
  return (
    <section className={classes.first} data-state={state} aria-label={t('firstRequest.latest')}>
      <div className={classes.lamp}>
        <span className={classes.dot} aria-hidden>
          {state === 'came' && <IconCheck size={14} />}
        </span>
        <div className={components.grow} role="status">
          <b>{t(`firstRequest.${state}`)}</b>
          <p>{real ? t('firstRequest.cameHint', { when: shownTime(real.receivedAt) }) : t('firstRequest.waitingHint')}</p>
        </div>
        {items.length > 0 && (
          <Button variant="default" onClick={onFields}>
            {t('firstRequest.toFields')}
          </Button>
        )}
        <Button variant={state === 'waiting' ? 'filled' : 'default'} loading={ping.isPending} onClick={() => ping.mutate()}>
          {t('firstRequest.ping')}
        </Button>
      </div>
      {items.length > 0 && (
        <ul>
          {items.map(({ id, receivedAt, status, reason, test }) => (
            <li key={id}>
              <time title={absoluteTime(receivedAt)}>{shownClock(receivedAt)}</time>
              {test ? <Chip tone="soon">{t('firstRequest.test')}</Chip> : <Chip tone={tones[status]}>{t(`firstRequest.becomes.${status}`)}</Chip>}
              <span className={components.grow}>{reason && shownReason(reason)}</span>
              <Link to="/log" search={{ deliveryId: id }}>
                {t('firstRequest.open')}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
