import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useRight } from '../../api/session.ts'
import { withLaterTexts } from '../../i18n/i18n.ts'
import classes from './card.module.css'

const ChecklistMarks = lazy(withLaterTexts(async () => ({ default: (await import('../calls/checklist-marks.tsx')).ChecklistMarks })))

/** For who looks at the work of others: the card, and what was last written with the client, by the same checklist as calls. */
export function CardReview({ cardId }: { cardId: string }) {
  const { t } = useTranslation()
  const mayReview = useRight('reviews.save')
  const [opened, setOpened] = useState<'card' | 'conversation'>()
  const conversations = useQuery({
    queryKey: ['conversations', cardId],
    queryFn: () => api.conversations.list({ contactId: cardId, limit: 50 }),
    enabled: mayReview,
  })
  const latest = conversations.data?.items.find(({ medium }) => medium !== 'voice')
  if (!mayReview) return null
  const choices = latest ? (['card', 'conversation'] as const) : (['card'] as const)
  return (
    <section>
      <div className={classes.heading}>
        <h2>{t('review.title')}</h2>
        {choices.map((kind) => (
          <button
            key={kind}
            type="button"
            className={classes.link}
            aria-expanded={opened === kind}
            onClick={() => setOpened(opened === kind ? undefined : kind)}
          >
            {t(`review.${kind}`)}
          </button>
        ))}
      </div>
      <Suspense>
        {opened && <ChecklistMarks key={opened} kind={opened} subjectId={opened === 'card' ? cardId : (latest?.id ?? cardId)} at={null} />}
      </Suspense>
    </section>
  )
}
