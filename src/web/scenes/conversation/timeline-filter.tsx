import { useTranslation } from 'react-i18next'
import { MediumIcon } from '../../components/medium-icon.tsx'
import { mediumWords } from '../../components/medium-words.ts'
import classes from './conversation.module.css'

export const everything = 'everything'
const notes = 'notes'

/** `everything`, `notes`, or a medium. */
export type Filter = string

/** What of the timeline a filter lets through, as the API asks for it. */
export function whatPasses(filter: Filter): { kind?: ['note']; medium?: [string] } {
  if (filter === everything) return {}
  return filter === notes ? { kind: ['note'] } : { medium: [filter] }
}

/** One button for each medium the client has used. */
export function TimelineFilter({ value, media, onChange }: { value: Filter; media: string[]; onChange(value: Filter): void }) {
  const { t } = useTranslation()
  return (
    <div className={classes.filter}>
      <button type="button" aria-pressed={value === everything} onClick={() => onChange(everything)}>
        {t('conversation.everything')}
      </button>
      {media.map((medium) => (
        <button key={medium} type="button" aria-pressed={value === medium} onClick={() => onChange(medium)}>
          <MediumIcon medium={medium} />
          {mediumWords(medium)}
        </button>
      ))}
      <button type="button" aria-pressed={value === notes} onClick={() => onChange(notes)}>
        {t('conversation.notes')}
      </button>
    </div>
  )
}
