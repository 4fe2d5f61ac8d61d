import { useTranslation } from 'react-i18next'
import classes from './conversation.module.css'

const filters = ['everything', 'messages', 'forms', 'notes'] as const
export type Filter = (typeof filters)[number]

/** Kinds of entries that a filter shows; undefined: all. */
export function kindsOf(filter: Filter): ('message' | 'form' | 'note')[] | undefined {
  if (filter === 'messages') return ['message']
  if (filter === 'forms') return ['form']
  return filter === 'notes' ? ['note'] : undefined
}

export function TimelineFilter({ value, onChange }: { value: Filter; onChange(value: Filter): void }) {
  const { t } = useTranslation()
  return (
    <div className={classes.filter}>
      {filters.map((filter) => (
        <button key={filter} type="button" aria-pressed={filter === value} onClick={() => onChange(filter)}>
          {t(`conversation.${filter}`)}
        </button>
      ))}
    </div>
  )
}
