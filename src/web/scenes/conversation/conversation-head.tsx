import { ActionIcon } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { usePeople } from '../../api/names.ts'
import { useRight, useSession } from '../../api/session.ts'
import { shownIdentity } from '../../components/shown-identity.ts'
import { useNow } from '../../components/use-now.ts'
import { shownLocalTime, shownTime } from '../../components/when.ts'
import { ColleaguesHere } from './colleagues-here.tsx'
import classes from './conversation.module.css'
import type { ContactView, ConversationView } from './conversation-view.ts'
import { HeadActs } from './head-acts.tsx'

const minuteMs = 60_000

/** Who it is, who else is here, and what can be done with his waiting. */
export function ConversationHead({ contact, conversations }: { contact: ContactView | undefined; conversations: ConversationView[] }) {
  const { t } = useTranslation()
  const session = useSession()
  const canWrite = useRight('conversations.send')
  const nameOf = usePeople()
  const latest = conversations[0]
  const identities = contact?.identities.slice(0, 2).map(shownIdentity).join(' · ') ?? ''
  const isMine = latest?.assigneeId === session.user.id
  const whose = latest ? (isMine ? t('waiting.you') : nameOf(latest.assigneeId) || (latest.assigneeId === null ? t('waiting.nobody') : '')) : ''
  const due = conversations.flatMap(({ dueAt, snoozedUntil }) => (dueAt !== null && snoozedUntil === null ? [dueAt] : [])).toSorted()[0]
  const localTime = shownLocalTime(contact?.fields.timeZone, new Date(useNow(minuteMs)))
  const isClosed = conversations.length > 0 && conversations.every(({ state }) => state === 'closed')
  return (
    <header className={classes.head}>
      <ActionIcon
        variant="subtle"
        color="gray"
        hiddenFrom="sm"
        aria-label={t('waiting.title')}
        renderRoot={(props) => <Link to="/waiting" {...props} />}
      >
        <IconArrowLeft size={18} />
      </ActionIcon>
      <div className={classes.title}>
        <h1>{contact?.name || identities || t('waiting.unnamed')}</h1>
        <p>
          {due && (
            <span className={Date.parse(due) < Date.now() ? classes.late : classes.soon}>
              {t('due.answerUntil', { time: shownTime(due) })}
              {' · '}
            </span>
          )}
          {[whose, isClosed && t('conversation.isClosed'), localTime && t('conversation.localTime', { time: localTime }), contact?.name && identities]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <ColleaguesHere conversationId={latest?.id} />
      {canWrite && latest && <HeadActs latest={latest} conversations={conversations} />}
    </header>
  )
}
