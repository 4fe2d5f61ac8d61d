import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { absoluteTime, shownTime } from '../../components/when.ts'
import classes from './health.module.css'

const busyMs = 2_000
const calmMs = 30_000

/** Who was erased is not known any more; when, and how much of it, is. */
export function Erasures() {
  const { t } = useTranslation()
  const list = useQuery({
    queryKey: ['erasures'],
    queryFn: () => api.erasures.list({ limit: 20 }),
    refetchInterval: ({ state }) => (state.data?.items.some(({ status }) => status !== 'done') ? busyMs : calmMs),
  })
  const items = list.data?.items ?? []
  return (
    <section className={classes.part}>
      <h2>{t('health.erasures')}</h2>
      {list.data && items.length === 0 && <p className={classes.dim}>{t('health.noErasures')}</p>}
      {items.map(({ id, status, askedAt, doneAt, certificate, failure }) => (
        <div key={id} className={classes.erasure}>
          <span className={classes.grow} title={absoluteTime(askedAt)}>
            {status === 'done' &&
              t('health.erasureDone', { when: shownTime(doneAt ?? askedAt), rows: sum(certificate.removed), files: certificate.files ?? 0 })}
            {status === 'failed' && t('health.erasureFailed', { failure: failure ?? '' })}
            {(status === 'waiting' || status === 'running') && t('health.erasureOpen', { when: shownTime(askedAt) })}
          </span>
          {status === 'done' && (
            <a href={`/api/v1/erasures/${id}/certificate`} download>
              {t('health.certificate')}
            </a>
          )}
        </div>
      ))}
    </section>
  )
}

function sum(counts: Record<string, number> | undefined): number {
  return Object.values(counts ?? {}).reduce((total, count) => total + count, 0)
}
