import { useTranslation } from 'react-i18next'
import type { api } from '../../api/client.ts'
import { shownReason } from '../../components/shown-reason.ts'
import classes from './log.module.css'
import { stepsOf } from './steps-of.ts'

type Delivery = Awaited<ReturnType<typeof api.deliveries.get>>

/** The four steps of one delivery, each with what happened at it. */
export function DeliverySteps({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation()
  const { events, reason, size } = delivery
  const entries = events.filter((event) => event.entryId !== null).length
  const isQuarantined = events.some((event) => event.status === 'quarantined')
  const whatMatched = isQuarantined ? t('log.step.quarantined') : entries > 0 ? t('log.step.entries', { n: entries }) : t('log.step.noEntries')
  const [, , read, matched] = stepsOf(delivery.status)
  const words = [
    t('log.step.stored', { n: size }),
    t('log.step.proven'),
    read === 'failed'
      ? shownReason(reason ?? t('log.step.notRead'))
      : read === 'waits'
        ? t('log.step.notYet')
        : t('log.step.events', { n: events.length }),
    matched === 'done' ? whatMatched : read === 'done' && reason ? shownReason(reason) : t('log.step.notYet'),
  ]
  const titles = [t('log.taken'), t('log.verified'), t('log.read'), t('log.matched')]
  return (
    <ol className={classes.steps}>
      {stepsOf(delivery.status).map((step, index) => (
        <li key={titles[index]}>
          <span className={`${classes.step} ${step === 'failed' ? classes.failed : step === 'waits' ? classes.waits : ''}`} aria-hidden />
          <b>{titles[index]}</b>
          <p>{words[index]}</p>
        </li>
      ))}
    </ol>
  )
}
