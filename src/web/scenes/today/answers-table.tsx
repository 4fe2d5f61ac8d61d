import { useTranslation } from 'react-i18next'
import { mediumWords } from '../../components/medium-words.ts'
import { fewest, type Report } from './shown-facts.ts'
import classes from './today.module.css'

/** How long clients waited for the first answer, by medium; of few cases no median is told. */
export function AnswersTable({ report }: { report: Report }) {
  const { t } = useTranslation()
  return (
    <section className={classes.panel} aria-label={t('today.byMedium')}>
      <header>
        <h2>{t('today.byMedium')}</h2>
        <span>{t('today.openMinutes')}</span>
      </header>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t('today.medium')}</th>
            <th className={classes.right}>{t('today.median')}</th>
            <th className={classes.right}>{t('today.p90')}</th>
            <th className={classes.right}>{t('today.clock')}</th>
            <th className={classes.right}>{t('today.count')}</th>
          </tr>
        </thead>
        <tbody>
          {report.firstAnswer.media.map((one) => (
            <tr key={one.key}>
              <td>{mediumWords(one.key ?? '')}</td>
              {one.n < fewest ? (
                <td className={classes.right} colSpan={3}>
                  {t('today.few', { n: one.n })}
                </td>
              ) : (
                <>
                  <td className={classes.right}>{one.openMedian}</td>
                  <td className={classes.right}>{one.openP90}</td>
                  <td className={classes.right}>{one.median}</td>
                </>
              )}
              <td className={classes.right}>{one.n}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
