import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { api } from '../../api/client.ts'
import { useSession } from '../../api/session.ts'
import { MediumIcon } from '../../components/medium-icon.tsx'
import { shownIdentity } from '../../components/shown-identity.ts'
import { absoluteTime, shownWait, waitedMinutes } from '../../components/when.ts'
import classes from './waiting.module.css'

export type WaitingItem = Awaited<ReturnType<typeof api.waiting.list>>['items'][number]

export function WaitingRow({ row, isChosen, now }: { row: WaitingItem; isChosen: boolean; now: number }) {
  const { t } = useTranslation()
  const session = useSession()
  const minutes = waitedMinutes(row.waitingSince, now)
  const first = row.conversations[0]
  const assignee = first?.assigneeId === session.user.id ? t('waiting.you') : first?.assigneeId ? '' : t('waiting.nobody')
  const identity = row.contact.identities[0]
  const name = row.contact.name || (identity ? shownIdentity(identity) : t('waiting.unnamed'))
  return (
    <Link to="/waiting/$cardId" params={{ cardId: row.contact.cardId }} className={classes.row ?? ''} aria-current={isChosen}>
      <MediumIcon medium={row.lastEntry?.medium ?? first?.medium ?? ''} />
      <span className={classes.name}>{name}</span>
      <time
        className={minutes >= 60 ? `${classes.wait} ${classes.late}` : classes.wait}
        dateTime={row.waitingSince}
        title={absoluteTime(row.waitingSince)}
      >
        {shownWait(minutes)}
      </time>
      <span className={classes.text}>{row.lastEntry?.text || row.lastEntry?.subject || ''}</span>
      <span className={classes.meta}>
        <span>{row.lastEntry?.subject ?? first?.subject ?? ''}</span>
        <span>{assignee}</span>
      </span>
    </Link>
  )
}
