import { IconHelpCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePeople } from '../../api/names.ts'
import { useSession } from '../../api/session.ts'
import { MediumIcon } from '../../components/medium-icon.tsx'
import { Chip } from '../../components/page.tsx'
import { absoluteTime, shownTime } from '../../components/when.ts'
import { Attachments } from './attachments.tsx'
import { SentButtons } from './composer-buttons.tsx'
import classes from './conversation.module.css'
import { Decide } from './decide.tsx'
import { EntryBody } from './entry-body.tsx'
import type { EntryItem } from './entry-item.ts'
import { EntryStatus } from './entry-status.tsx'
import { Recipients } from './recipients.tsx'
import { splitAuthor } from './split-author.ts'
import { Why } from './why.tsx'

/** One thing on the timeline: a meta line, a body, what hangs on it. The client at the left, we at the right, colleagues across. */
export function Entry({ entry, isContinued }: { entry: EntryItem; isContinued: boolean }) {
  const { t } = useTranslation()
  const session = useSession()
  const [isWhyOpen, setWhyOpen] = useState(false)
  const isOurs = entry.direction === 'outbound'
  const isWide = entry.kind === 'note' || entry.kind === 'event'
  const nameOf = usePeople()
  const isByItself = isOurs && entry.authorId === null && entry.automatic !== null
  const person = entry.authorId === session.user.id ? t('conversation.you') : nameOf(entry.authorId) || t('conversation.colleague')
  const colleague = isByItself ? t('answers.hub') : person
  const { name: author, address } = entry.authorId !== null || isOurs ? { name: colleague, address: '' } : splitAuthor(entry.from ?? '')
  const side = isWide ? `${classes.entry} ${classes.wide}` : isOurs ? `${classes.entry} ${classes.ours}` : classes.entry
  const place = isContinued ? `${side} ${classes.continued}` : side
  return (
    <article className={place} aria-label={author}>
      {!isContinued && (
        <div className={classes.meta}>
          <MediumIcon medium={entry.kind === 'note' ? 'note' : (entry.medium ?? '')} />
          <b title={address || undefined}>{entry.kind === 'form' ? t('conversation.form') : author}</b>
          {entry.kind === 'note' && <span>{t('conversation.noteHint')}</span>}
          {entry.subject && <span>{entry.subject}</span>}
          <time dateTime={entry.occurredAt} title={absoluteTime(entry.occurredAt)}>
            {shownTime(entry.occurredAt)}
          </time>
          {entry.automatic && <Chip>{t('conversation.automatic')}</Chip>}
          {entry.editedAt && <span>{t('conversation.edited')}</span>}
          {entry.extra?.perhapsRepeated === true && <Chip tone="soon">{t('conversation.repeated')}</Chip>}
          {isOurs && <EntryStatus entry={entry} />}
          {entry.match && (
            <button
              type="button"
              className={isWhyOpen ? classes.word : classes.quiet}
              aria-expanded={isWhyOpen}
              onClick={() => setWhyOpen(!isWhyOpen)}
            >
              <IconHelpCircle size={13} stroke={2} aria-hidden />
              {t('conversation.why')}
            </button>
          )}
        </div>
      )}
      {!isContinued && <Recipients entry={entry} />}
      {entry.deletedAt ? <div className={classes.bubble}>{t('conversation.deleted')}</div> : <EntryBody entry={entry} />}
      {entry.attachments.length > 0 && <Attachments attachments={entry.attachments} />}
      {isOurs && <SentButtons buttons={entry.extra?.buttons} />}
      {(entry.status === 'unconfirmed' || entry.status === 'failed') && <Decide entryId={entry.id} status={entry.status} />}
      {isWhyOpen && <Why entry={entry} />}
    </article>
  )
}
