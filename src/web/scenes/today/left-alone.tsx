import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { ClientLink } from './client-link.tsx'
import { GiveTo } from './give-to.tsx'
import { Definition } from './number-tile.tsx'
import type { FactName, Open, PageSpan, Report } from './shown-facts.ts'
import classes from './today.module.css'

interface LeftProps {
  report: Report
  span: PageSpan
  fact: FactName & ('notCalledBack' | 'untouchedLeads')
  /** Said where there is nobody. */
  nobody: string
  onOpen: Open
}

/** Those whom nobody has answered, the latest five, and a way to the card of each. */
export function LeftAlone({ report, span, fact, nobody, onOpen }: LeftProps) {
  const { t, i18n } = useTranslation()
  const definition = report.definitions[fact]
  const count = report.numbers[fact] ?? 0
  const rows = useQuery({
    queryKey: ['reports', 'left', fact, span, count],
    queryFn: () => api.reports.rows({ fact, ...span, limit: 5 }),
    enabled: count > 0,
  })
  return (
    <section className={classes.panel} aria-label={(i18n.language === 'en' ? definition?.en : definition?.ru)?.title}>
      <header>
        <h2>
          <Definition report={report} fact={fact} onOpen={onOpen} />
        </h2>
        <span>
          <button type="button" className={classes.cell} onClick={() => onOpen({ fact, count })}>
            {t('today.all', { n: count })}
          </button>
        </span>
      </header>
      {count === 0 && <p className={classes.foot}>{nobody}</p>}
      <table className={classes.table}>
        <tbody>
          {count > 0 &&
            rows.data?.items.map((row) => (
              <tr key={row.id}>
                <td>
                  <ClientLink row={row} />
                </td>
                <td>{row.topic ?? row.source}</td>
                <td className={classes.right}>{t('today.waits', { n: Math.round(row.minutes ?? 0) })}</td>
                <td className={classes.right}>
                  {row.cardId && <GiveTo cardId={row.cardId} {...(fact === 'untouchedLeads' && { leadId: row.id })} />}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}
