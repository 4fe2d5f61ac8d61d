import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../components/page.tsx'
import { withTexts } from '../../i18n/i18n.ts'
import classes from './waiting.module.css'
import { WaitingList } from './waiting-list.tsx'

const loadCard = withTexts(() => import('./open-card.tsx'))
const OpenCard = lazy(async () => ({ default: (await loadCard()).OpenCard }))
const settledMs = 300

/** Home of operators: who waits at the left; whoever is chosen beside it, loaded before the first click. */
export function WaitingScene() {
  const { t } = useTranslation()
  const { cardId } = useParams({ strict: false })
  useEffect(() => {
    const timer = setTimeout(() => void loadCard(), settledMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={classes.scene} data-open={cardId !== undefined}>
      <WaitingList {...(cardId !== undefined && { chosen: cardId })} />
      {cardId === undefined ? (
        <section className={classes.none}>
          <Empty title={t('waiting.choose')} />
        </section>
      ) : (
        <Suspense fallback={<section className={classes.none} aria-busy="true" />}>
          <OpenCard cardId={cardId} />
        </Suspense>
      )}
    </div>
  )
}
