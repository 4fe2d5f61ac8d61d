import { Popover } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Calendar } from './calendar.tsx'
import classes from './day-field.module.css'

interface CalendarBesideProps {
  day: string
  max: string | undefined
  isNested: boolean
  onChoose(day: string): void
  onClose(): void
}

/** A calendar under the field it belongs to, until a day is chosen or one looks elsewhere. */
export function CalendarBeside({ isNested, onChoose, onClose, ...shown }: CalendarBesideProps) {
  const { t } = useTranslation()
  return (
    <Popover opened onChange={onClose} withinPortal={!isNested} withRoles={false} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <span className={classes.beside} />
      </Popover.Target>
      <Popover.Dropdown p="xs" role="dialog" aria-label={t('date.open')}>
        <Calendar
          {...shown}
          onChoose={(day) => {
            onChoose(day)
            onClose()
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
