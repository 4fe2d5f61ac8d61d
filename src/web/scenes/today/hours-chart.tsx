import { useTranslation } from 'react-i18next'
import type { Open, Report } from './shown-facts.ts'
import classes from './today.module.css'

const allHours = Array.from({ length: 24 }, (_, hour) => hour)

/** When clients came, by the hour of the firm's clock; each bar opens its rows. */
export function HoursChart({ report, onOpen }: { report: Report; onOpen: Open }) {
  const { t } = useTranslation()
  const countOf = (hour: number) => report.hours.find((one) => one.hour === hour)?.count ?? 0
  const most = Math.max(1, ...report.hours.map(({ count }) => count))
  return (
    <section className={classes.panel} aria-label={t('today.byHour')}>
      <header>
        <h2>{t('today.byHour')}</h2>
        <span>{t('today.hourUnit')}</span>
      </header>
      <div className={classes.hours}>
        {allHours.map((hour) => {
          const count = countOf(hour)
          return (
            <button
              key={hour}
              type="button"
              className={classes.hour}
              aria-label={`${hour}:00, ${count}`}
              onClick={() => onOpen({ fact: 'enquiries', count, hour })}
            >
              {count > 0 && count}
              <span className={classes.bar} style={{ height: `${(count / most) * 6.5}rem` }} />
              {hour}
            </button>
          )
        })}
      </div>
    </section>
  )
}
