import { useTranslation } from 'react-i18next'
import classes from './conversation.module.css'
import type { EntryItem } from './entry-item.ts'
import { splitAuthor } from './split-author.ts'

/** Who else got a letter, where it went to more than one. */
export function Recipients({ entry }: { entry: EntryItem }) {
  const { t } = useTranslation()
  const people = recipientsOf(entry)
  if (entry.medium !== 'email' || people.length < 2) return null
  const names = people.map((person) => splitAuthor(person).name)
  return (
    <p className={classes.meta} title={people.join(', ')}>
      {t('replyTo.went', { names: names.join(', ') })}
    </p>
  )
}

function recipientsOf(entry: EntryItem): string[] {
  const others = entry.extra?.others
  if (Array.isArray(others)) return others.filter((other) => typeof other === 'string')
  return entry.direction === 'outbound' ? (entry.to ?? '').split(', ') : []
}
