import { IconEye, IconPencil, IconWorld } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.ts'
import { Face } from '../../components/face.tsx'
import { usePresence } from '../../live/use-presence.ts'
import classes from './conversation-head.module.css'

/** Who else looks at this client (an eye) or writes to him (a pen); and the client himself, while he is on the site. */
export function ColleaguesHere({ conversationId }: { conversationId: string | undefined }) {
  const { t } = useTranslation()
  const session = useSession()
  const colleagues = usePresence(conversationId, session.user.id)
  return (
    <div className={classes.here} role="status">
      {colleagues.map(({ userId, name, typing, isClient }) => {
        if (isClient) return <ClientHere key={userId} isTyping={typing} />
        const words = t(typing ? 'conversation.isWriting' : 'conversation.isLooking', { name })
        const Icon = typing ? IconPencil : IconEye
        return (
          <span key={userId} className={typing ? `${classes.colleague} ${classes.writing}` : classes.colleague} title={words}>
            <Face name={name} />
            <Icon size={16} stroke={1.8} role="img" aria-label={words} />
          </span>
        )
      })}
    </div>
  )
}

function ClientHere({ isTyping }: { isTyping: boolean }) {
  const { t } = useTranslation()
  return (
    <span className={isTyping ? `${classes.client} ${classes.clientWrites}` : classes.client} title={t('visitors.isHere')}>
      {isTyping ? (
        <IconPencil size={16} stroke={1.8} aria-hidden />
      ) : (
        <IconWorld size={16} stroke={1.8} role="img" aria-label={t('visitors.isHere')} />
      )}
      {isTyping && t('visitors.isWriting')}
    </span>
  )
}
