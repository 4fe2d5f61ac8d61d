import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DayField } from '../../components/day-field.tsx'
import { dayFrom } from '../../components/day-span.ts'
import classes from './today.module.css'

export interface Days {
  from?: string
  to?: string
}

interface BarProps {
  /** Today in the firm's zone. */
  today: string
  shown: { from: string; to: string }
  onChoose(days: Days): void
}

/** Yesterday, today, seven days, or any days. */
export function DaysBar({ today, shown, onChoose }: BarProps) {
  const { t } = useTranslation()
  const ways = {
    yesterday: { from: dayFrom(today, -1), to: dayFrom(today, -1) },
    day: { from: today, to: today },
    week: { from: dayFrom(today, -6), to: today },
  }
  const chosen = (['yesterday', 'day', 'week'] as const).find((way) => ways[way].from === shown.from && ways[way].to === shown.to)
  return (
    <div className={classes.dates}>
      <SegmentedControl
        size="xs"
        aria-label={t('today.range')}
        value={chosen ?? ''}
        onChange={(value) => onChoose(value === 'day' ? {} : value === 'week' ? ways.week : ways.yesterday)}
        data={(['yesterday', 'day', 'week'] as const).map((value) => ({ value, label: t(`today.${value}`) }))}
      />
      {(['from', 'to'] as const).map((end) => (
        <DayField
          key={end}
          size="xs"
          w="8rem"
          aria-label={t(`today.${end}`)}
          value={shown[end]}
          max={today}
          onChange={(day) => day && onChoose(spanWith(shown, end, day))}
        />
      ))}
    </div>
  )
}

/** One end moves; the other follows where it would lie beyond. Days compare as text. */
function spanWith(shown: { from: string; to: string }, end: 'from' | 'to', day: string): { from: string; to: string } {
  if (end === 'from') return { from: day, to: day > shown.to ? day : shown.to }
  return day < shown.from ? { from: day, to: day } : { from: shown.from, to: day }
}
