import { NativeSelect, SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { DayField } from '../../components/day-field.tsx'
import { startOfDay } from '../../components/day-span.ts'
import classes from './log.module.css'

const statuses = ['all', 'applied', 'received', 'held', 'ignored', 'parked'] as const

/** `standing`: tests too, but for those that were removed. */
const testsShown = ['standing', 'none', 'only'] as const

export interface LogFilterValue {
  status: (typeof statuses)[number]
  channelId: string | null
  query: string
  tests: (typeof testsShown)[number]
  /** Days of the person's calendar, yyyy-mm-dd; empty: all. */
  from: string
  until: string
}

export const everything: LogFilterValue = { status: 'all', channelId: null, query: '', tests: 'standing', from: '', until: '' }

/** A filter as the API asks for it. The last day is meant whole. */
export function askedOf({ status, channelId, query, tests, from, until }: LogFilterValue) {
  return {
    ...(status !== 'all' && { status }),
    ...(channelId && { channelId }),
    ...(query.trim() && { query: query.trim() }),
    ...(tests !== 'standing' && { tests }),
    ...(from && { from: startOfDay(from).toISOString() }),
    ...(until && { until: startOfDay(until, 1).toISOString() }),
  }
}

interface LogFilterProps {
  value: LogFilterValue
  channels: { id: string; name: string }[]
  onChange(value: LogFilterValue): void
}

/** Which deliveries are shown: state, channel, days, a word of what came. */
export function LogFilter({ value, channels, onChange }: LogFilterProps) {
  const { t } = useTranslation()
  const day = (name: 'from' | 'until') => (
    <DayField
      size="xs"
      w="8rem"
      aria-label={t(`logFilter.${name}`)}
      title={t(`logFilter.${name}`)}
      value={value[name]}
      onChange={(chosen) => onChange({ ...value, [name]: chosen })}
    />
  )
  return (
    <div className={classes.filter}>
      <SegmentedControl
        size="xs"
        aria-label={t('log.result')}
        value={value.status}
        onChange={(status) => onChange({ ...value, status: status as LogFilterValue['status'] })}
        data={statuses.map((each) => ({ value: each, label: t(`log.${each}`) }))}
      />
      <Select
        size="xs"
        w="11rem"
        aria-label={t('log.channel')}
        placeholder={t('log.allChannels')}
        clearable
        data={channels.map(({ id, name }) => ({ value: id, label: name }))}
        value={value.channelId}
        onChange={(channelId) => onChange({ ...value, channelId })}
      />
      <TextInput
        size="xs"
        w="13rem"
        aria-label={t('logFilter.word')}
        placeholder={t('logFilter.word')}
        leftSection={<IconSearch size={14} />}
        value={value.query}
        onChange={(event) => onChange({ ...value, query: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        aria-label={t('tests.filter')}
        value={value.tests}
        onChange={(event) => onChange({ ...value, tests: testsShown.find((one) => one === event.currentTarget.value) ?? 'standing' })}
        data={testsShown.map((one) => ({ value: one, label: t(`tests.shown.${one}`) }))}
      />
      {day('from')}
      {day('until')}
    </div>
  )
}
