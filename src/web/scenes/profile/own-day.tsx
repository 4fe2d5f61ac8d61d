import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useRight } from '../../api/session.ts'

const acts = ['answers', 'answered', 'taken', 'closed', 'notes', 'logged'] as const

/** What one did oneself today, as the manager's page counts it. */
export function OwnDay() {
  const { t } = useTranslation()
  const may = useRight('reports.mine')
  const mine = useQuery({ queryKey: ['reports', 'mine'], queryFn: () => api.reports.mine({}), enabled: may, refetchInterval: 60_000 })
  if (!mine.data) return null
  const { counts, firstAnswer } = mine.data.line
  return (
    <div>
      <h2>{t('today.mine.title')}</h2>
      <p>{acts.map((act) => t(`today.mine.${act}`, { n: counts[act] })).join(' · ')}</p>
      <p>
        {firstAnswer.openMedian === null
          ? t('today.mine.notMeasured')
          : t('today.mine.firstAnswer', { n: firstAnswer.n, median: firstAnswer.openMedian, p90: firstAnswer.openP90 })}
      </p>
    </div>
  )
}
