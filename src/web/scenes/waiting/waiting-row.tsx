import { IconPhoneX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { api } from '../../api/client.ts'
import { useChannels, usePeople } from '../../api/names.ts'
import { useSession } from '../../api/session.ts'
import { MediumIcon } from '../../components/medium-icon.tsx'
import { shownIdentity } from '../../components/shown-identity.ts'
import { absoluteTime, shownTime } from '../../components/when.ts'
import { shownLeft, toneOf } from './time-left.ts'
import { WaitLamp } from './wait-lamp.tsx'
import classes from './waiting.module.css'

export type WaitingItem = Awaited<ReturnType<typeof api.waiting.list>>['items'][number]

/** `minutesLeft`: open minutes until an answer is late. */
export function WaitingRow({ row, minutesLeft }: { row: WaitingItem; minutesLeft: number }) {
  const { t } = useTranslation()
  const session = useSession()
  const first = row.conversations[0]
  const nameOf = usePeople()
  const channels = useChannels()
  const latest = row.conversations.find(({ id }) => id === row.lastEntry?.conversationId) ?? first
  const channel = channels.find(({ id }) => id === latest?.channelId)
  const owner = nameOf(first?.assigneeId).split(' ')[0]
  const assignee = first?.assigneeId === session.user.id ? t('waiting.you') : first?.assigneeId ? owner : t('waiting.nobody')
  const identity = row.contact.identities[0]
  const name = row.contact.name || (identity ? shownIdentity(identity) : t('waiting.unnamed'))
  const missed = row.callIds.length
  const isCall = row.lastEntry === null || row.lastEntry.kind === 'call'
  return (
    <Link to="/waiting/$cardId" params={{ cardId: row.contact.cardId }} className={classes.row ?? ''}>
      {missed > 0 && isCall ? (
        <IconPhoneX size={16} stroke={1.8} className={classes.missed ?? ''} aria-label={t('callState.in_missed')} role="img" />
      ) : (
        <MediumIcon medium={row.lastEntry?.medium ?? first?.medium ?? ''} />
      )}
      <span className={classes.name}>{name}</span>
      <time
        className={`${classes.wait} ${classes[toneOf(minutesLeft)]}`}
        dateTime={row.dueAt}
        title={t('due.until', { time: shownTime(row.dueAt), since: absoluteTime(row.waitingSince) })}
      >
        <WaitLamp minutesLeft={minutesLeft} />
        {shownLeft(minutesLeft)}
      </time>
      <span className={classes.text}>
        {[missed > 1 && t('callState.tries', { count: missed }), missed === 1 && t('callState.once'), missed > 0 && t('callState.nobodyCalledBack')]
          .filter(Boolean)
          .join(', ')}{' '}
        {row.lastEntry?.medium === 'email' ? row.lastEntry.subject || row.lastEntry.text : row.lastEntry?.text || row.lastEntry?.subject || ''}
      </span>
      <span className={classes.meta}>
        <span className={classes.cut}>{channel?.name ?? latest?.ourAddress ?? ''}</span>
        <span>{assignee}</span>
      </span>
    </Link>
  )
}
