import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.ts'
import { readHolidays, readSpans, writeHolidays, writeSpans } from './hours-text.ts'
import classes from './routing.module.css'
import type { Rule } from './rule.ts'

type Hours = NonNullable<Rule['hours']>

const workday: Hours['week'][number] = [['09:00', '18:00']]
const usualWeek: Hours['week'] = [workday, workday, workday, workday, workday, [], []]

interface HoursFieldsProps {
  isFirm: boolean
  hours: Hours | undefined
  onChange(hours: Hours | undefined): void
  /** True while something typed is not understood. */
  onFault(isFault: boolean): void
}

/** A line per weekday, as people write hours on a door; holidays one a line. */
export function HoursFields({ isFirm, hours, onChange, onFault }: HoursFieldsProps) {
  const { t } = useTranslation()
  const { firm } = useSession()
  return (
    <div className={classes.form}>
      <NativeSelect
        size="xs"
        className={classes.narrow ?? ''}
        label={t('routing.hours')}
        value={hours ? 'own' : ''}
        onChange={(event) => {
          onFault(false)
          onChange(event.currentTarget.value === 'own' ? { timeZone: firm.timeZone, week: usualWeek, holidays: [] } : undefined)
        }}
        data={[
          { value: '', label: t(isFirm ? 'routing.always' : 'routing.inherit') },
          { value: 'own', label: t('routing.own') },
        ]}
      />
      {hours && <OwnHours hours={hours} onChange={onChange} onFault={onFault} />}
    </div>
  )
}

function OwnHours({ hours, onChange, onFault }: { hours: Hours; onChange(hours: Hours): void; onFault(isFault: boolean): void }) {
  const { t } = useTranslation()
  const [days, setDays] = useState(() => hours.week.map(writeSpans))
  const [holidays, setHolidays] = useState(() => writeHolidays(hours.holidays))
  const read = readHolidays(holidays)
  const bad = Array.isArray(read) ? undefined : read.bad
  const nameOf = (index: number) => t(`routing.days.${index}`)

  const change = (nextDays: string[], nextHolidays: string, timeZone: string) => {
    const week = nextDays.map(readSpans)
    const given = readHolidays(nextHolidays)
    const known = week.filter((spans) => spans !== undefined)
    onFault(known.length !== week.length || !Array.isArray(given))
    if (known.length === week.length && Array.isArray(given)) onChange({ timeZone, week: known, holidays: given })
  }
  return (
    <>
      <TextInput
        size="xs"
        className={classes.narrow ?? ''}
        label={t('routing.timeZone')}
        value={hours.timeZone}
        onChange={(event) => onChange({ ...hours, timeZone: event.currentTarget.value })}
      />
      <div className={classes.week}>
        {days.map((text, index) => (
          <TextInput
            key={nameOf(index)}
            size="xs"
            label={nameOf(index)}
            value={text}
            error={readSpans(text) === undefined && t('routing.badHours', { text })}
            onChange={(event) => {
              const next = days.with(index, event.currentTarget.value)
              setDays(next)
              change(next, holidays, hours.timeZone)
            }}
          />
        ))}
      </div>
      <p className={classes.hint}>{t('routing.day')}</p>
      <Textarea
        size="xs"
        autosize
        minRows={2}
        maxRows={10}
        label={t('routing.holidays')}
        description={t('routing.holidaysHint')}
        value={holidays}
        error={bad !== undefined && t('routing.badHours', { text: bad })}
        onChange={(event) => {
          setHolidays(event.currentTarget.value)
          change(days, event.currentTarget.value, hours.timeZone)
        }}
      />
    </>
  )
}
