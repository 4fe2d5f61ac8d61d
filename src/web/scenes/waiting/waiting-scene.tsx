import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../components/page.tsx'
import { CardPanel } from '../card/card-panel.tsx'
import { Conversation } from '../conversation/conversation.tsx'
import classes from './waiting.module.css'
import { WaitingList } from './waiting-list.tsx'

/** Home of operators: who waits at the left, the client's whole history in the middle, his card at the right. */
export function WaitingScene() {
  const { t } = useTranslation()
  const { cardId } = useParams({ strict: false })
  return (
    <div className={classes.scene} data-open={cardId !== undefined}>
      <WaitingList {...(cardId !== undefined && { chosen: cardId })} />
      {cardId === undefined ? (
        <section className={classes.none}>
          <Empty title={t('waiting.choose')} />
        </section>
      ) : (
        <>
          <Conversation key={cardId} cardId={cardId} />
          <CardPanel key={`card ${cardId}`} cardId={cardId} />
        </>
      )}
    </div>
  )
}
