import { TextInput, type TextInputProps } from '@mantine/core'
import { IconCalendar } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './day-field.module.css'
import { todayHere } from './day-span.ts'
import { readDay, readMoment, writtenDay, writtenMoment } from './typed-date.ts'

/** What floats is heavy, and fields stand on the first screen. */
const CalendarBeside = lazy(async () => ({ default: (await import('./calendar-beside.tsx')).CalendarBeside }))

interface FieldProps extends Omit<TextInputProps, 'value' | 'onChange' | 'type' | 'max'> {
  /** Empty: none. */
  value: string
  onChange(value: string): void
  /** It stands in what closes by a click elsewhere, so that its calendar must be part of that. */
  isNested?: boolean
}

/** A day, `2026-11-22`, as the console's language writes it: the browser's own field follows the language of the browser. `max`: the last day there is. */
export function DayField({ max, ...props }: FieldProps & { max?: string }) {
  const read = (text: string, isWhole: boolean) => {
    const day = readDay(text, isWhole)
    return day !== undefined && max !== undefined && day > max ? undefined : day
  }
  return <DateField {...props} what="day" max={max} read={read} write={writtenDay} dayOf={(value) => value} withDay={(_, day) => day} />
}

/** A day and a clock, `2026-11-22T09:00`, without a zone. */
export function MomentField(props: FieldProps) {
  const withDay = (value: string, day: string) => `${day}T${value.split('T')[1] ?? '09:00'}`
  return <DateField {...props} what="moment" read={readMoment} write={writtenMoment} dayOf={(value) => value.split('T')[0] ?? ''} withDay={withDay} />
}

interface DateFieldProps extends FieldProps {
  what: 'day' | 'moment'
  max?: string | undefined
  read(text: string, isWhole: boolean): string | undefined
  write(value: string): string
  dayOf(value: string): string
  withDay(value: string, day: string): string
}

/** Typed, or chosen from the calendar (arrow down opens it). What is not understood stays to be seen, and holds its form back. */
function DateField({ what, max, value, onChange, isNested = false, read, write, dayOf, withDay, ...props }: DateFieldProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string>()
  const [isLeft, setLeft] = useState(false)
  const [isOpen, setOpen] = useState(false)
  const understood = typed === undefined ? value : typed.trim() === '' ? '' : read(typed, false)
  const field = useRef<HTMLInputElement>(null)
  const fault = understood === undefined ? t('date.unread', { example: t(`date.${what}`) }) : ''
  useEffect(() => field.current?.setCustomValidity(fault), [fault])
  const settle = () => {
    setLeft(true)
    if (understood === undefined) return
    setTyped(undefined)
    if (understood !== value) onChange(understood)
  }
  return (
    <div className={classes.field}>
      <TextInput
        {...props}
        ref={field}
        autoComplete="off"
        placeholder={t(`date.${what}`)}
        value={typed ?? write(value)}
        error={isLeft && fault !== ''}
        rightSectionPointerEvents="all"
        rightSection={
          <button
            type="button"
            tabIndex={-1}
            disabled={props.disabled ?? false}
            className={classes.open}
            aria-label={t('date.open')}
            aria-haspopup="dialog"
            aria-expanded={isOpen}
            onClick={() => setOpen(true)}
          >
            <IconCalendar size={14} aria-hidden />
          </button>
        }
        onChange={(event) => {
          const text = event.currentTarget.value
          const given = text.trim() === '' ? '' : read(text, true)
          setTyped(text)
          setLeft(false)
          if (given !== undefined && given !== value) onChange(given)
        }}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle()
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          event.stopPropagation()
          setOpen(true)
        }}
      />
      <Suspense>
        {isOpen && (
          <CalendarBeside
            isNested={isNested}
            day={dayOf(understood ?? '') || todayHere()}
            max={max}
            onClose={() => {
              setOpen(false)
              field.current?.focus()
            }}
            onChoose={(day) => {
              setTyped(undefined)
              onChange(withDay(understood ?? '', day))
            }}
          />
        )}
      </Suspense>
    </div>
  )
}
