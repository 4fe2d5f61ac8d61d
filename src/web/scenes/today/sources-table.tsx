import { useTranslation } from 'react-i18next'
import { type Open, type Report, topTopics } from './shown-facts.ts'
import classes from './today.module.css'

/** Enquiries by source and topic: what is unknown stands as a row, and the whole is the sum of the parts. */
export function SourcesTable({ report, onOpen }: { report: Report; onOpen: Open }) {
  const { t } = useTranslation()
  const topics = topTopics(report.sources)
  const bySource = [...Map.groupBy(report.sources, ({ source }) => source ?? '')].map(([source, cells]) => ({ source, cells, total: sum(cells) }))
  const rows = bySource.toSorted((a, b) => Number(a.source === '') - Number(b.source === '') || b.total - a.total)
  const hasOthers = report.sources.some(({ topic }) => !topics.includes(topic ?? ''))
  const of = (cells: Report['sources'], topic: string) => sum(cells.filter((cell) => (cell.topic ?? '') === topic))
  const others = (cells: Report['sources']) => sum(cells.filter((cell) => !topics.includes(cell.topic ?? '')))
  const open = (count: number, narrowed: { source?: string; topic?: string }) => (
    <button type="button" className={classes.cell} onClick={() => onOpen({ fact: 'enquiries', count, ...narrowed })}>
      {count}
    </button>
  )
  return (
    <section className={classes.panel} aria-label={t('today.bySource')}>
      <header>
        <h2>{t('today.bySource')}</h2>
        <span>{t('today.sourceUnit')}</span>
      </header>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t('today.source')}</th>
            {topics.map((topic) => (
              <th key={topic} className={classes.right}>
                {topic || t('today.noTopic')}
              </th>
            ))}
            {hasOthers && <th className={classes.right}>{t('today.otherTopics')}</th>}
            <th className={classes.right}>{t('today.total')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ source, cells, total }) => (
            <tr key={source}>
              <td>{source || t('today.noSource')}</td>
              {topics.map((topic) => (
                <td key={topic} className={classes.right}>
                  {open(of(cells, topic), { source, topic })}
                </td>
              ))}
              {hasOthers && <td className={classes.right}>{others(cells)}</td>}
              <td className={classes.right}>{open(total, { source })}</td>
            </tr>
          ))}
          <tr className={classes.total}>
            <td>{t('today.total')}</td>
            {topics.map((topic) => (
              <td key={topic} className={classes.right}>
                {open(of(report.sources, topic), { topic })}
              </td>
            ))}
            {hasOthers && <td className={classes.right}>{others(report.sources)}</td>}
            <td className={classes.right}>{open(sum(report.sources), {})}</td>
          </tr>
        </tbody>
      </table>
      <p className={classes.foot}>{t('today.sourceRules')}</p>
    </section>
  )
}

function sum(cells: { count: number }[]): number {
  return cells.reduce((total, { count }) => total + count, 0)
}
