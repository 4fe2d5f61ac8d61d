import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import components from '../../components/components.module.css'
import { Chip, SkeletonRows, type Tone } from '../../components/page.tsx'
import { tellError } from '../../components/tell.ts'
import { absoluteTime } from '../../components/when.ts'
import classes from './log.module.css'

const tones: Record<string, Tone> = { applied: 'good', parked: 'late', quarantined: 'soon', waiting: 'soon' }

/** One delivery: its bytes, how it was read, and what a replay will not do. */
export function DeliveryPanel({ id }: { id: string }) {
  const { t } = useTranslation()
  const mayReplay = useRight('deliveries.replay')
  const delivery = useQuery({ queryKey: ['deliveries', 'one', id], queryFn: () => api.deliveries.get({ id }) })
  const replay = useMutation({
    mutationFn: () => api.deliveries.replay({ id }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['deliveries'] }),
    onError: tellError,
  })
  if (!delivery.data) return <SkeletonRows />
  const { method, path, query, headers, body, events, status, reason, receivedAt, size, repeats, sha256 } = delivery.data
  return (
    <section className={classes.panel}>
      <div>
        <b>{absoluteTime(receivedAt)}</b>
        <p
          className={components.hint}
        >{`${method} ${path}${query && `?${query}`} · ${t('log.size', { n: size })} · sha256 ${sha256.slice(0, 12)}… · ${t('log.repeats', { n: repeats })}`}</p>
        <Chip tone={tones[status] ?? 'plain'}>{t(`log.${status}`)}</Chip> {reason}
      </div>
      <div>
        <h2>{t('log.events')}</h2>
        <ul className={components.box}>
          {events.map((event) => (
            <li key={event.key} className={classes.foot} style={{ padding: '0.5rem 0.75rem' }}>
              <b>{event.kind}</b> <Chip tone={tones[event.status] ?? 'plain'}>{event.status}</Chip> <span>{event.reason}</span>
              <code>{event.key}</code>
            </li>
          ))}
        </ul>
      </div>
      <div>
        <h2>{t('log.body')}</h2>
        <pre className={`${components.box} ${components.mono} ${classes.body}`}>{body ?? '—'}</pre>
      </div>
      <details>
        <summary>{t('log.headers')}</summary>
        <pre className={`${components.box} ${components.mono} ${classes.body}`}>
          {Object.entries(headers)
            .map(([name, value]) => `${name}: ${value}`)
            .join('\n')}
        </pre>
      </details>
      {mayReplay && (
        <div className={classes.foot}>
          <span style={{ flex: 1 }}>{t('log.replayHint')}</span>
          <Button loading={replay.isPending} onClick={() => replay.mutate()}>
            {t('log.replay')}
          </Button>
        </div>
      )}
    </section>
  )
}
