import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { api } from '../../api/client.ts'
import { useChannels, usePeople } from '../../api/names.ts'
import { useSession } from '../../api/session.ts'
import { MediumIcon } from '../../components/medium-icon.tsx'
import { shownIdentity } from '../../components/shown-identity.ts'
import { absoluteTime, shownWait, waitedMinutes } from '../../components/when.ts'
import { toneOf, WaitLamp } from './wait-lamp.tsx'
import classes from './waiting.module.css'

export type WaitingItem = Awaited<ReturnType<typeof api.waiting.list>>['items'][number]

export function WaitingRow({ row, now }: { row: WaitingItem; now: number }) {
  const { t } = useTranslation()
  const session = useSession()
  const minutes = waitedMinutes(row.waitingSince, now)
  const first = row.conversations[0]
  const nameOf = usePeople()
  const channels = useChannels()
  const latest = row.conversations.find(({ id }) => id === row.lastEntry?.conversationId) ?? first
  const channel = channels.find(({ id }) => id === latest?.channelId)
  const owner = nameOf(first?.assigneeId).split(' ')[0]
  const assignee = first?.assigneeId === session.user.id ? t('waiting.you') : first?.assigneeId ? owner : t('waiting.nobody')
  const identity = row.contact.identities[0]
  const name = row.contact.name || (identity ? shownIdentity(identity) : t('waiting.unnamed'))
  return (
    <Link to="/waiting/$cardId" params={{ cardId: row.contact.cardId }} className={classes.row ?? ''}>
      <MediumIcon medium={row.lastEntry?.medium ?? first?.medium ?? ''} />
      <span className={classes.name}>{name}</span>
      <time
        className={`${classes.wait} ${classes[toneOf(minutes)]}`}
        dateTime={row.waitingSince}
        title={t('waiting.since', { time: absoluteTime(row.waitingSince) })}
      >
        <WaitLamp minutes={minutes} />
        {shownWait(minutes)}
      </time>
      <span className={classes.text}>
        {row.lastEntry?.medium === 'email' ? row.lastEntry.subject || row.lastEntry.text : row.lastEntry?.text || row.lastEntry?.subject || ''}
      </span>
      <span className={classes.meta}>
        <span className={classes.cut}>{channel?.name ?? latest?.ourAddress ?? ''}</span>
        <span>{assignee}</span>
      </span>
    </Link>
  )
}
