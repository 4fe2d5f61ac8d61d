import { Popover } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FactName, Open, Report } from './shown-facts.ts'
import classes from './today.module.css'

interface TileProps {
  report: Report
  fact: FactName
  /** What stands instead of the count, which then opens the rows all the same. */
  value?: string
  onOpen: Open
  children?: ReactNode
}

/** One number: its name opens the definition, the number its rows. */
export function NumberTile({ report, fact, value, onOpen, children }: TileProps) {
  const { i18n } = useTranslation()
  const count = report.numbers[fact] ?? 0
  return (
    <div className={classes.tile}>
      <Definition report={report} fact={fact} onOpen={onOpen} />
      <button type="button" className={classes.number} onClick={() => onOpen({ fact, count })}>
        {value ?? count.toLocaleString(i18n.language)}
      </button>
      <p className={classes.sub}>{children}</p>
    </div>
  )
}

/** The name of a number; by a click what it counts, in words, and how many rows it has. */
export function Definition({ report, fact, onOpen }: { report: Report; fact: FactName; onOpen: Open }) {
  const { t, i18n } = useTranslation()
  const definition = report.definitions[fact]
  const count = report.numbers[fact] ?? 0
  const words = i18n.language === 'en' ? definition?.en : definition?.ru
  if (!definition || !words) return null
  return (
    <Popover position="bottom-start" shadow="md" width={380}>
      <Popover.Target>
        <button type="button" className={classes.name} title={t('today.definition')}>
          {words.title}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.definition}>
          <b>{words.title}</b>
          <p>{words.text}</p>
          <p>
            {t('today.version', { n: definition.version })}
            {' · '}
            <button type="button" className={classes.cell} onClick={() => onOpen({ fact, count })}>
              {t('today.rows', { n: count })}
            </button>
          </p>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
