import { useTranslation } from 'react-i18next'
import type { Health } from '../../api/health.ts'
import classes from './health.module.css'

const shown = ['received', 'held', 'parked', 'queued', 'sending', 'unconfirmed', 'failedToday', 'files'] as const

/** How much of each kind waits. */
export function Queues({ queues }: { queues: Health['queues'] }) {
  const { t } = useTranslation()
  return (
    <section className={classes.part}>
      <h2>{t('health.queues')}</h2>
      <dl className={classes.list}>
        {shown.map((name) => (
          <div key={name}>
            <dt>{t(`health.queue.${name}`)}</dt>
            <dd>{queues[name]}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
