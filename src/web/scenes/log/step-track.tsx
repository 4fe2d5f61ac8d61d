import { useTranslation } from 'react-i18next'
import classes from './log.module.css'

type Status = 'received' | 'held' | 'applied' | 'ignored' | 'parked'
type Step = 'done' | 'failed' | 'waits'

const tracks: Record<Status, Step[]> = {
  received: ['done', 'done', 'waits', 'waits'],
  held: ['done', 'done', 'waits', 'waits'],
  applied: ['done', 'done', 'done', 'done'],
  ignored: ['done', 'done', 'done', 'waits'],
  parked: ['done', 'done', 'failed', 'waits'],
}

/** Received → verified → read → matched: a disc is done, a square failed, a ring waits or was skipped. */
export function StepTrack({ status }: { status: Status }) {
  const { t } = useTranslation()
  const steps = [t('log.taken'), t('log.verified'), t('log.read'), t('log.matched')]
  return (
    <span className={classes.track} role="img" aria-label={t(`log.${status}`)}>
      {tracks[status].map((step, index) => (
        <span
          key={steps[index]}
          title={steps[index]}
          className={step === 'done' ? classes.step : step === 'failed' ? `${classes.step} ${classes.failed}` : `${classes.step} ${classes.waits}`}
        />
      ))}
    </span>
  )
}
