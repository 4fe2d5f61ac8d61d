import { Link } from '@tanstack/react-router'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Health } from '../../api/health.ts'
import { Chip } from '../../components/page.tsx'
import { shownSize } from '../../components/shown-size.ts'
import { shownTime } from '../../components/when.ts'
import classes from './health.module.css'

type Problem = Health['problems'][number]

/** Where the cure is. */
const places: Partial<Record<Problem['code'], { to: '/channels' | '/log' | '/waiting'; text: 'channels' | 'log' | 'waiting' }>> = {
  channel_failing: { to: '/channels', text: 'channels' },
  channel_silent: { to: '/channels', text: 'channels' },
  recordings_missing: { to: '/channels', text: 'channels' },
  list_unread: { to: '/channels', text: 'channels' },
  deliveries_parked: { to: '/log', text: 'log' },
  messages_unconfirmed: { to: '/waiting', text: 'waiting' },
  messages_failed: { to: '/waiting', text: 'waiting' },
}

/** What needs a hand, the worst first: what it is, what to do, and the way there. */
export function Problems({ health }: { health: Health }) {
  const { t, i18n } = useTranslation()
  if (health.problems.length === 0) {
    return (
      <section className={classes.well}>
        <h2>
          <Chip tone="good">{t('health.allWell')}</Chip>
        </h2>
        <p>{t('health.allWellHint')}</p>
      </section>
    )
  }
  return (
    <section aria-label={t('health.needsHand')} className={classes.problems}>
      {health.problems.map((problem) => {
        const place = places[problem.code]
        return (
          <article key={`${problem.code}${problem.subject?.id}`} className={problem.severity === 'error' ? classes.error : classes.warning}>
            <div className={classes.grow}>
              <h3>{t(`health.problem.${problem.code}`, wordsOf(problem, i18n.language))}</h3>
              <p>{t(`health.todo.${problem.code}`)}</p>
            </div>
            {place && <Link to={place.to}>{t(`health.open.${place.text}`)}</Link>}
          </article>
        )
      })}
    </section>
  )
}

function wordsOf(problem: Problem, language: string): Record<string, string | number> {
  const { values, subject } = problem
  const words: Record<string, string | number> = { ...values, name: subject?.name ?? '' }
  const inWords = values[language]
  if (typeof inWords === 'string') words.message = inWords
  const reason = `health.backupFailure.${values.reason}`
  if (problem.code === 'backup_failed' && i18next.exists(reason)) words.message = i18next.t(reason)
  if (typeof values.since === 'string') words.since = shownTime(values.since)
  if (typeof values.bytes === 'number') words.size = shownSize(values.bytes)
  return words
}
