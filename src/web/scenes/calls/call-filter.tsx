import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useRight } from '../../api/session.ts'
import classes from './calls.module.css'

export type View = 'all' | 'missed' | 'unreviewed' | 'short' | 'sampled'

/** What of the calls is shown; empty: all. */
export interface Shown {
  query: string
  view: View
  day: string
  userId: string
  direction: '' | 'inbound' | 'outbound' | 'internal'
  outcome: '' | 'answered' | 'missed' | 'abandoned' | 'busy' | 'failed' | 'voicemail' | 'cancelled'
  dialled: string
  minSeconds: string
  maxSeconds: string
}

const views = ['all', 'missed', 'unreviewed', 'short', 'sampled'] as const
const directions = ['inbound', 'outbound', 'internal'] as const
const outcomes = ['answered', 'missed', 'abandoned', 'busy', 'failed', 'voicemail', 'cancelled'] as const
const shortSeconds = 30
const dayMs = 86_400_000

/** As the API asks for it; a day is one of the viewer's clock. */
export function asked({ query, view, day, userId, direction, outcome, dialled, minSeconds, maxSeconds }: Shown) {
  const from = day === '' ? undefined : new Date(`${day}T00:00`)
  return {
    ...(query.trim() && { query: query.trim() }),
    ...(from && { from: from.toISOString(), to: new Date(from.getTime() + dayMs).toISOString() }),
    ...(userId && { userId }),
    ...(direction && { direction }),
    ...(outcome && { outcome }),
    ...(dialled.trim() && { dialled: dialled.trim() }),
    ...(minSeconds && { minSeconds: Number(minSeconds) }),
    ...(maxSeconds && { maxSeconds: Number(maxSeconds) }),
    ...(view === 'missed' && { missed: 'true' as const }),
    ...(view === 'unreviewed' && { reviewed: 'false' as const }),
    ...(view === 'short' && { maxSeconds: shortSeconds, outcome: 'answered' as const }),
    ...(view === 'sampled' && { sampled: day || today() }),
  }
}

/** What of it an export knows: reviews and samples are no part of the table of calls. */
export function exported({ missed, reviewed: _reviewed, sampled: _sampled, ...filter }: ReturnType<typeof asked>) {
  return { ...filter, ...(missed && { missed: true }) }
}

export function today(): string {
  return new Date().toLocaleDateString('sv-SE')
}

export function CallFilter({ value, onChange }: { value: Shown; onChange(value: Shown): void }) {
  const { t } = useTranslation()
  const maySeeUsers = useRight('users.list')
  const users = useQuery({ queryKey: ['users', 'names'], queryFn: () => api.users.list({ limit: 200 }), enabled: maySeeUsers })
  const set = (patch: Partial<Shown>) => onChange({ ...value, ...patch })
  return (
    <div className={classes.filter}>
      <SegmentedControl
        size="xs"
        aria-label={t('calls.which')}
        value={value.view}
        onChange={(view) => set({ view: views.find((one) => one === view) ?? 'all' })}
        data={views.map((view) => ({ value: view, label: t(`calls.view_${view}`) }))}
      />
      <div className={classes.fields}>
        <TextInput
          size="xs"
          type="search"
          aria-label={t('calls.search')}
          placeholder={t('calls.search')}
          value={value.query}
          onChange={(event) => set({ query: event.currentTarget.value })}
        />
        <TextInput
          size="xs"
          type="date"
          aria-label={t('calls.day')}
          value={value.day}
          onChange={(event) => set({ day: event.currentTarget.value })}
        />
        <NativeSelect
          size="xs"
          aria-label={t('calls.operator')}
          value={value.userId}
          onChange={(event) => set({ userId: event.currentTarget.value })}
          data={[{ value: '', label: t('calls.operator') }, ...(users.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <NativeSelect
          size="xs"
          aria-label={t('calls.direction')}
          value={value.direction}
          onChange={(event) => set({ direction: directions.find((one) => one === event.currentTarget.value) ?? '' })}
          data={[{ value: '', label: t('calls.direction') }, ...directions.map((one) => ({ value: one, label: t(`calls.${one}`) }))]}
        />
        <NativeSelect
          size="xs"
          aria-label={t('calls.outcome')}
          value={value.outcome}
          onChange={(event) => set({ outcome: outcomes.find((one) => one === event.currentTarget.value) ?? '' })}
          data={[{ value: '', label: t('calls.outcome') }, ...outcomes.map((one) => ({ value: one, label: t(`callState.in_${one}`) }))]}
        />
        <TextInput
          size="xs"
          aria-label={t('calls.dialled')}
          placeholder={t('calls.dialled')}
          value={value.dialled}
          onChange={(event) => set({ dialled: event.currentTarget.value })}
        />
        <TextInput
          size="xs"
          type="number"
          min={0}
          aria-label={t('calls.from')}
          placeholder={t('calls.from')}
          value={value.minSeconds}
          onChange={(event) => set({ minSeconds: event.currentTarget.value })}
        />
        <TextInput
          size="xs"
          type="number"
          min={0}
          aria-label={t('calls.to')}
          placeholder={t('calls.to')}
          value={value.maxSeconds}
          onChange={(event) => set({ maxSeconds: event.currentTarget.value })}
        />
      </div>
    </div>
  )
}
