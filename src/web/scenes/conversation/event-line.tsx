import { useTranslation } from 'react-i18next'
import { usePeople } from '../../api/names.ts'
import { absoluteTime, shownTime } from '../../components/when.ts'
import type { EntryItem } from './entry-item.ts'
import classes from './event-line.module.css'

const hands = ['taken', 'handed_over', 'rule', 'absent', 'unread', 'dismissed'] as const
const ends = ['not_needed', 'elsewhere'] as const

/** Who passed the client to whom, and why he no longer waits: one quiet line, with what was said to it below. */
export function EventLine({ entry }: { entry: EntryItem }) {
  const { t } = useTranslation()
  const nameOf = usePeople()
  const { event, reason, fromUserId, toUserId, toTeamId } = entry.extra ?? {}
  const person = (id: unknown) => (typeof id === 'string' ? nameOf(id) || t('conversation.colleague') : t('event.nobody'))
  const words = {
    by: entry.authorId ? person(entry.authorId) : t('event.hub'),
    from: person(fromUserId),
    to: toUserId === null && typeof toTeamId === 'string' ? t('event.team') : person(toUserId),
  }
  const what = event === 'assigned' ? hands.find((one) => one === reason) : event === 'waiting_ended' ? ends.find((one) => one === reason) : undefined
  const shown = event === 'closed' ? t('event.closed', words) : what ? t(`event.${what}`, words) : t('event.waiting_restored', words)
  return (
    <article className={classes.event} aria-label={shown}>
      <span>
        {shown} ·{' '}
        <time dateTime={entry.occurredAt} title={absoluteTime(entry.occurredAt)}>
          {shownTime(entry.occurredAt)}
        </time>
      </span>
      {entry.text && <p className={classes.note}>{entry.text}</p>}
    </article>
  )
}

/** True for what this shows: other events have bodies of their own. */
export function isEventLine(entry: EntryItem): boolean {
  return entry.kind === 'event' && ['assigned', 'closed', 'waiting_ended', 'waiting_restored'].includes(String(entry.extra?.event))
}
