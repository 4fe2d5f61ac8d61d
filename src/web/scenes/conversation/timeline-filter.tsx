import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { DayField } from '../../components/day-field.tsx'
import { startOfDay } from '../../components/day-span.ts'
import { MediumIcon } from '../../components/medium-icon.tsx'
import { mediumWords } from '../../components/medium-words.ts'
import classes from './conversation.module.css'

const notes = 'notes'
const all = 'everything'

export interface Filter {
  /** `everything`, `notes`, or a medium. */
  what: string
  /** Words that stand in an entry. */
  query: string
  /** yyyy-mm-dd: the history up to the end of this day; empty: up to now. */
  day: string
}

export const everything: Filter = { what: all, query: '', day: '' }

/** What of the timeline a filter lets through, as the API asks for it. */
export function whatPasses({ what, query, day }: Filter): { kind?: ['note']; medium?: [string]; query?: string; until?: string } {
  return {
    ...(what === notes ? { kind: ['note'] as ['note'] } : what !== all && { medium: [what] as [string] }),
    ...(query.trim() && { query: query.trim() }),
    ...(day && { until: startOfDay(day, 1).toISOString() }),
  }
}

/** One button for each medium the client has used; words to find in the history; a day to go to. */
export function TimelineFilter({ value, media, onChange }: { value: Filter; media: string[]; onChange(value: Filter): void }) {
  const { t } = useTranslation()
  return (
    <div className={classes.filter}>
      <button type="button" aria-pressed={value.what === all} onClick={() => onChange({ ...value, what: all })}>
        {t('conversation.everything')}
      </button>
      {media.map((medium) => (
        <button key={medium} type="button" aria-pressed={value.what === medium} onClick={() => onChange({ ...value, what: medium })}>
          <MediumIcon medium={medium} />
          {mediumWords(medium)}
        </button>
      ))}
      <button type="button" aria-pressed={value.what === notes} onClick={() => onChange({ ...value, what: notes })}>
        {t('conversation.notes')}
      </button>
      <span className={classes.grow} />
      <TextInput
        size="xs"
        className={classes.find ?? ''}
        aria-label={t('history.find')}
        placeholder={t('history.find')}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={
          value.query !== '' && <CloseButton size="xs" aria-label={t('history.forget')} onClick={() => onChange({ ...value, query: '' })} />
        }
        value={value.query}
        onChange={(event) => onChange({ ...value, query: event.currentTarget.value })}
        onKeyDown={(event) => event.key === 'Escape' && onChange({ ...value, query: '' })}
      />
      <DayField
        size="xs"
        w="8rem"
        aria-label={t('history.day')}
        title={t('history.day')}
        value={value.day}
        onChange={(day) => onChange({ ...value, day })}
      />
      {value.day !== '' && (
        <button type="button" onClick={() => onChange({ ...value, day: '' })}>
          {t('history.toEnd')}
        </button>
      )}
    </div>
  )
}
