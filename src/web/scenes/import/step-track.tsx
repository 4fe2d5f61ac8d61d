import { useTranslation } from 'react-i18next'
import classes from './import.module.css'

const steps = ['file', 'columns', 'check', 'run'] as const
export type Step = (typeof steps)[number]

/** Where one is on the way, and what is still to come. */
export function StepTrack({ at }: { at: Step }) {
  const { t } = useTranslation()
  return (
    <ol className={classes.steps}>
      {steps.map((step, index) => (
        <li key={step} aria-current={step === at ? 'step' : undefined} data-passed={index < steps.indexOf(at)}>
          <span>{index + 1}</span>
          {t(`import.steps.${step}`)}
        </li>
      ))}
    </ol>
  )
}
