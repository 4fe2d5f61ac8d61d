import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { shownIdentity } from '../../components/shown-identity.ts'
import classes from './conversation.module.css'
import type { EntryItem } from './entry-item.ts'

const MoveEntry = lazy(async () => ({ default: (await import('./move-entry.tsx')).MoveEntry }))

const reasons = ['known_identity', 'new_contact', 'strongest_of_several', 'most_recent_of_several', 'no_identity', 'thread', 'moved'] as const

/** The reason in one or two sentences, and the act that corrects it. */
export function Why({ entry }: { entry: EntryItem }) {
  const { t } = useTranslation()
  const match = entry.match
  if (!match) return null
  const identity = match.identity ? shownIdentity(match.identity) : ''
  const reason = reasons.find((known) => known === match.reason) ?? 'other'
  return (
    <div className={classes.why}>
      {t(`match.${reason}`, { identity })} {match.evidence && `(${t(`evidence.${match.evidence}`)})`}{' '}
      <Suspense>
        <MoveEntry entryId={entry.id} />
      </Suspense>
    </div>
  )
}
