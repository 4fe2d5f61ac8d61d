import { useTranslation } from 'react-i18next'
import { usePeople } from '../../api/names.ts'
import { shownTime } from '../../components/when.ts'
import type { EntryItem } from './entry-item.ts'
import classes from './newer.module.css'
import { splitAuthor } from './split-author.ts'

/** What came while somebody wrote: the answer waits until it is read, then the second Enter sends. */
export function Newer({ entries }: { entries: EntryItem[] }) {
  const { t } = useTranslation()
  const nameOf = usePeople()
  return (
    <div className={classes.newer} role="alert">
      <p>{t('error.stale')}</p>
      <ul>
        {entries.map((entry) => (
          <li key={entry.id}>
            <b>{entry.authorId === null ? splitAuthor(entry.from ?? '').name : nameOf(entry.authorId) || t('conversation.colleague')}</b>
            <time>{shownTime(entry.occurredAt)}</time>
            <span>{entry.text || entry.subject || t('conversation.file')}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
