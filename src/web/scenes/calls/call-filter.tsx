import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useRight } from '../../api/session.ts'
import { DayField } from '../../components/day-field.tsx'
import { directions, outcomes, type Shown, views } from './asked-calls.ts'
import classes from './calls.module.css'

/** Which calls are listed. */
export function CallFilter({ value, onChange }: { value: Shown; onChange(value: Shown): void }) {
  const { t } = useTranslation()
  const maySeeUsers = useRight('users.list')
  const users = useQuery({ queryKey: ['users', 'names'], queryFn: () => api.users.list({ limit: 200 }), enabled: maySeeUsers })
  const set = (patch: Partial<Shown>) => onChange({ ...value, ...patch })
  const typed = (name: 'query' | 'dialled' | 'minSeconds' | 'maxSeconds', label: string, type: 'search' | 'text' | 'number') => (
    <TextInput
      size="xs"
      type={type}
      min={0}
      aria-label={label}
      placeholder={label}
      value={value[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  )
  const chosen = (name: 'userId' | 'direction' | 'outcome', label: string, data: { value: string; label: string }[]) => (
    <NativeSelect
      size="xs"
      aria-label={label}
      value={value[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
      data={[{ value: '', label }, ...data]}
    />
  )
  return (
    <div className={classes.filter}>
      <SegmentedControl
        size="xs"
        aria-label={t('calls.which')}
        value={value.view}
        onChange={(view) => set({ view })}
        data={views.map((view) => ({ value: view, label: t(`calls.view_${view}`) }))}
      />
      <div className={classes.fields}>
        {typed('query', t('calls.search'), 'search')}
        <DayField size="xs" aria-label={t('calls.day')} value={value.day} onChange={(day) => set({ day })} />
        {chosen(
          'userId',
          t('calls.operator'),
          (users.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        )}
        {chosen(
          'direction',
          t('calls.direction'),
          directions.map((one) => ({ value: one, label: t(`calls.${one}`) })),
        )}
        {chosen(
          'outcome',
          t('calls.outcome'),
          outcomes.map((one) => ({ value: one, label: t(`callState.in_${one}`) })),
        )}
        {typed('dialled', t('calls.dialled'), 'text')}
        {typed('minSeconds', t('calls.from'), 'number')}
        {typed('maxSeconds', t('calls.to'), 'number')}
      </div>
    </div>
  )
}
