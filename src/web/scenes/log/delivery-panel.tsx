import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useRight } from '../../api/session.ts'
import components from '../../components/components.module.css'
import { Chip, SkeletonRows } from '../../components/page.tsx'
import { absoluteTime } from '../../components/when.ts'
import { DeliveryEvents, tones } from './delivery-events.tsx'
import { DeliverySteps } from './delivery-steps.tsx'
import classes from './log.module.css'
import { ReadFields } from './read-fields.tsx'
import { ReplayOne } from './replay-one.tsx'
import { TestActs } from './test-acts.tsx'

interface Props {
  id: string
  channelName(channelId: string): string
  connectorOf(channelId: string): string | undefined
  onClose(): void
}

/** One delivery: its bytes, how it was read, and what a replay will not do. */
export function DeliveryPanel({ id, channelName, connectorOf, onClose }: Props) {
  const { t } = useTranslation()
  const mayReplay = useRight('deliveries.replay')
  const delivery = useQuery({ queryKey: ['deliveries', 'one', id], queryFn: () => api.deliveries.get({ id }) })
  if (!delivery.data) return <SkeletonRows />
  const { method, path, query, headers, body, bodyTruncated, events, status, receivedAt, repeats, sha256, channelId, test, removedAt } = delivery.data
  const request = [`${method} ${path}${query && `?${query}`}`, repeats > 0 && t('log.repeats', { n: repeats }), `sha256 ${sha256.slice(0, 12)}…`]
  return (
    <section className={classes.panel} aria-label={t('log.choose')}>
      <header className={classes.top}>
        <div className={components.grow}>
          <b>{channelName(channelId)}</b>
          <p className={components.hint}>{absoluteTime(receivedAt)}</p>
          <p className={components.hint}>{request.filter(Boolean).join(' · ')}</p>
        </div>
        {test && <Chip tone="soon">{t(removedAt ? 'tests.removedChip' : 'tests.chip')}</Chip>}
        <Chip tone={tones[status]}>{t(`log.one.${status}`)}</Chip>
        <Button variant="default" className={classes.back} onClick={onClose}>
          {t('common.close')}
        </Button>
      </header>
      <DeliverySteps delivery={delivery.data} />
      {events.length > 0 && (
        <div>
          <h2>{t('log.events')}</h2>
          <DeliveryEvents events={events} />
        </div>
      )}
      <ReadFields delivery={delivery.data} connectorId={connectorOf(channelId)} />
      <div>
        <h2>{t('log.body')}</h2>
        <pre className={`${components.box} ${components.mono} ${classes.body}`}>
          {body ?? '—'}
          {bodyTruncated && '…'}
        </pre>
      </div>
      <details>
        <summary>{t('log.headers')}</summary>
        <pre className={`${components.box} ${components.mono} ${classes.body}`}>
          {Object.entries(headers)
            .map(([name, value]) => `${name}: ${value}`)
            .join('\n')}
        </pre>
      </details>
      {mayReplay && <TestActs delivery={delivery.data} />}
      {mayReplay && <ReplayOne id={id} />}
    </section>
  )
}
