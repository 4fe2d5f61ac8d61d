import { useTranslation } from 'react-i18next'
import classes from './log.module.css'
import { type DeliveryStatus, stepsOf } from './steps-of.ts'

/** Received → verified → read → matched: a disc is done, a square failed, a ring waits or was skipped. */
export function StepTrack({ status }: { status: DeliveryStatus }) {
  const { t } = useTranslation()
  const titles = [t('log.taken'), t('log.verified'), t('log.read'), t('log.matched')]
  return (
    <span className={classes.track} role="img" aria-label={t(`log.one.${status}`)}>
      {stepsOf(status).map((step, index) => (
        <span
          key={titles[index]}
          title={titles[index]}
          className={`${classes.step} ${step === 'failed' ? classes.failed : step === 'waits' ? classes.waits : ''}`}
        />
      ))}
    </span>
  )
}
