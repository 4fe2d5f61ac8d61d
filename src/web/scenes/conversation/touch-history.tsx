import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { usePeople } from '../../api/names.ts'
import { touchMedia } from '../../components/touch-words.ts'
import { absoluteTime, shownTime } from '../../components/when.ts'
import classes from './conversation.module.css'
import type { EntryItem } from './entry-item.ts'

type Version = Awaited<ReturnType<typeof api.touches.history>>['items'][number]

/** What a record by hand said before: who changed it when, the latest change first. */
export function TouchHistory({ entry }: { entry: Pick<EntryItem, 'id' | 'editedAt' | 'deletedAt'> }) {
  const { t } = useTranslation()
  const nameOf = usePeople()
  const { id, editedAt, deletedAt } = entry
  const versions = useQuery({ queryKey: ['touches', id, editedAt, deletedAt], queryFn: () => api.touches.history({ id }) })
  const wordsOf = ({ medium, direction, at, disposition, topic, source, note }: Version['content']) => {
    const known = touchMedia.find((one) => one === medium)
    return [known ? t(`touch.${known}`) : medium, t(`touch.${direction}`), shownTime(at), disposition, topic, source, note]
      .filter(Boolean)
      .join(' · ')
  }
  return (
    <ul className={classes.former} aria-label={t('touch.historyOf')}>
      {versions.data?.items.map((version) => (
        <li key={version.at}>
          <time dateTime={version.at} title={absoluteTime(version.at)}>
            {shownTime(version.at)}
          </time>{' '}
          {t(`touch.by.${version.cause}`, { name: nameOf(version.userId) || t('conversation.colleague') })}
          {' · '}
          {t('touch.history', { text: wordsOf(version.content) })}
        </li>
      ))}
    </ul>
  )
}
