import { useTranslation } from 'react-i18next'
import { Definition } from './number-tile.tsx'
import { fewest, type Open, type Report } from './shown-facts.ts'
import classes from './today.module.css'

const columns = ['answers', 'answered', 'taken', 'closed', 'notes', 'logged'] as const

/** Who did what, by the alphabet; each cell opens its rows, and the columns add up to the numbers of the page. */
export function PeopleTable({ report, onOpen }: { report: Report; onOpen: Open }) {
  const { t } = useTranslation()
  return (
    <section className={classes.panel} aria-label={t('today.people')}>
      <header>
        <h2>{t('today.people')}</h2>
        <span>{t('today.peopleUnit')}</span>
      </header>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t('today.person')}</th>
            {columns.map((fact) => (
              <th key={fact} className={classes.right}>
                <Definition report={report} fact={fact} onOpen={onOpen} />
              </th>
            ))}
            <th className={classes.right}>{t('today.first')}</th>
          </tr>
        </thead>
        <tbody>
          {report.people.map(({ userId, name, counts, firstAnswer }) => (
            <tr key={userId}>
              <td>{userId === null ? t('today.outside') : name || t('today.unknown')}</td>
              {columns.map((fact) => (
                <td key={fact} className={classes.right}>
                  <button type="button" className={classes.cell} onClick={() => onOpen({ fact, count: counts[fact], userId: userId ?? 'nobody' })}>
                    {counts[fact]}
                  </button>
                </td>
              ))}
              <td className={classes.right}>
                {firstAnswer.n < fewest || firstAnswer.openMedian === null
                  ? `— n ${firstAnswer.n}`
                  : `${t('today.answer', { n: firstAnswer.openMedian })} n ${firstAnswer.n}`}
              </td>
            </tr>
          ))}
          <tr className={classes.total}>
            <td>{t('today.total')}</td>
            {columns.map((fact) => (
              <td key={fact} className={classes.right}>
                {report.numbers[fact]}
              </td>
            ))}
            <td />
          </tr>
        </tbody>
      </table>
    </section>
  )
}
