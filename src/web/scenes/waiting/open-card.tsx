import { CardPanel } from '../card/card-panel.tsx'
import { Conversation } from '../conversation/conversation.tsx'

/** One client: his whole history in the middle, his card at the right. */
export function OpenCard({ cardId }: { cardId: string }) {
  return (
    <>
      <Conversation key={cardId} cardId={cardId} />
      <CardPanel key={`card ${cardId}`} cardId={cardId} />
    </>
  )
}
