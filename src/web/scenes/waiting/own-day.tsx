import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useRight } from '../../api/session.ts'
import classes from './waiting.module.css'

const first = ['answers', 'closed'] as const
const others = ['answered', 'taken', 'notes', 'logged'] as const

/** Under the list: what one did oneself today, as the manager's page counts it. One line; the rest by a click. */
export function OwnDay() {
  const { t } = useTranslation()
  const may = useRight('reports.mine')
  const mine = useQuery({ queryKey: ['reports', 'mine'], queryFn: () => api.reports.mine({}), enabled: may, refetchInterval: 60_000 })
  if (!mine.data) return null
  const { counts, firstAnswer } = mine.data.line
  const shown = (acts: readonly (keyof typeof counts)[]) => acts.map((act) => t(`ownDay.${act}`, { n: counts[act] })).join(' · ')
  return (
    <details className={classes.ownDay}>
      <summary>
        <b>{t('ownDay.title')}</b>
        {` ${shown(first)}`}
      </summary>
      <p>{shown(others)}</p>
      <p>
        {firstAnswer.openMedian === null
          ? t('ownDay.notMeasured')
          : t('ownDay.firstAnswer', { n: firstAnswer.n, median: firstAnswer.openMedian, p90: firstAnswer.openP90 })}
      </p>
    </details>
  )
}
