import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './calendar.module.css'
import { dayFrom, monthFrom, todayHere, weeksOf } from './day-span.ts'

interface CalendarProps {
  /** Where it opens, `2026-11-22`. */
  day: string
  max: string | undefined
  onChoose(day: string): void
}

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

/** One month in the console's language, weeks from Monday on. Arrows walk the days, Page Up and Down the months. */
export function Calendar({ day, max, onChoose }: CalendarProps) {
  const { t, i18n } = useTranslation()
  const [{ at, isByKeys }, setPlace] = useState({ at: day, isByKeys: true })
  const days = useRef<HTMLTableSectionElement>(null)
  const month = at.slice(0, 7)
  const weeks = weeksOf(month)
  const named = (one: string, parts: Intl.DateTimeFormatOptions) =>
    new Date(`${one}T00:00:00Z`).toLocaleDateString(i18n.language, { ...parts, timeZone: 'UTC' })
  useEffect(() => {
    if (isByKeys) days.current?.querySelector<HTMLElement>(`[data-day="${at}"]`)?.focus()
  }, [at, isByKeys])

  const go = (to: string, byKeys: boolean) => setPlace({ at: max !== undefined && to > max ? max : to, isByKeys: byKeys })
  const turn = (months: number, byKeys: boolean) => go(`${monthFrom(month, months)}-01`, byKeys)
  function walk(event: KeyboardEvent): void {
    const step = steps[event.key]
    if (step !== undefined) go(dayFrom(at, step), true)
    else if (event.key === 'PageUp' || event.key === 'PageDown') turn(event.key === 'PageUp' ? -1 : 1, true)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className={classes.calendar}>
      <div className={classes.head}>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('date.former')} onClick={() => turn(-1, false)}>
          <IconChevronLeft size={14} aria-hidden />
        </ActionIcon>
        <b aria-live="polite">{named(`${month}-01`, { month: 'long', year: 'numeric' })}</b>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('date.next')} onClick={() => turn(1, false)}>
          <IconChevronRight size={14} aria-hidden />
        </ActionIcon>
      </div>
      <table>
        <thead>
          <tr>
            {weeks[0]?.map((one) => (
              <th key={one} abbr={named(one, { weekday: 'long' })}>
                {named(one, { weekday: 'short' })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={days} onKeyDown={walk}>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((one) => (
                <td key={one}>
                  <button
                    type="button"
                    data-day={one}
                    data-autofocus={one === at || undefined}
                    data-other={!one.startsWith(month)}
                    tabIndex={one === at ? 0 : -1}
                    aria-current={one === todayHere() ? 'date' : undefined}
                    aria-pressed={one === day}
                    aria-label={named(one, { day: 'numeric', month: 'long', year: 'numeric' })}
                    disabled={max !== undefined && one > max}
                    onClick={() => onChoose(one)}
                  >
                    {Number(one.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
