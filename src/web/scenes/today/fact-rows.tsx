import { Button, Drawer } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { usePeople } from '../../api/names.ts'
import { useRight } from '../../api/session.ts'
import { mediumWords } from '../../components/medium-words.ts'
import { MoreButton } from '../../components/more-button.tsx'
import { usePages } from '../../components/use-pages.ts'
import { absoluteTime, shownTime } from '../../components/when.ts'
import { ClientLink } from './client-link.tsx'
import { GiveTo } from './give-to.tsx'
import type { Opened, PageSpan } from './shown-facts.ts'
import classes from './today.module.css'

interface RowsProps {
  opened: Opened
  span: PageSpan
  title: string
  onClose(): void
}

/** Rows in which somebody still has to do something. */
const owed = ['unanswered', 'waiting', 'late', 'notCalledBack', 'untouchedLeads']
const rules = ['utm', 'referrer', 'campaign', 'address', 'channel'] as const

/** The rows behind a number: as many as it says. */
export function FactRows({ opened, span, title, onClose }: RowsProps) {
  const { t, i18n } = useTranslation()
  const nameOf = usePeople()
  const mayDownload = useRight('reports.download')
  const { count, ...query } = { ...opened, ...span }
  const list = usePages(['reports', 'rows', query], (cursor) => api.reports.rows({ ...query, limit: 100, ...(cursor && { cursor }) }))
  const words = Object.entries({ ...query, language: i18n.language }).map(([key, value]): [string, string] => [key, String(value)])
  const isMeasured = list.items.some(({ minutes }) => minutes !== null)
  const isOwed = owed.includes(opened.fact)
  const ruleOf = (rule: string | null) => rules.find((one) => one === rule)
  return (
    <Drawer opened onClose={onClose} position="right" size="xl" closeButtonProps={{ 'aria-label': t('common.close') }} title={`${title}: ${count}`}>
      {mayDownload && (
        <Button component="a" variant="default" size="xs" href={`/api/v1/reports/rows.csv?${new URLSearchParams(words).toString()}`} download>
          {t('today.csv')}
        </Button>
      )}
      {list.isEmpty && <p>{t('today.noRows')}</p>}
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t('today.when')}</th>
            <th>{t('today.client')}</th>
            <th>{t('today.medium')}</th>
            <th>{t('today.source')}</th>
            <th>{t('today.topic')}</th>
            <th>{t('today.person')}</th>
            {isMeasured && <th className={classes.right}>{t('today.minutes')}</th>}
            {isMeasured && <th className={classes.right}>{t('today.openMinutes')}</th>}
            {isOwed && <th>{t('today.giveTo')}</th>}
          </tr>
        </thead>
        <tbody>
          {list.items.map((row) => {
            const rule = ruleOf(row.sourceRule)
            return (
              <tr key={row.id}>
                <td title={absoluteTime(row.at)}>{shownTime(row.at)}</td>
                <td>
                  <ClientLink row={row} />
                </td>
                <td>{row.medium && mediumWords(row.medium)}</td>
                <td title={rule && t(`sourceRule.${rule}`)}>{row.source}</td>
                <td>{row.topic}</td>
                <td>{nameOf(row.userId)}</td>
                {isMeasured && <td className={classes.right}>{row.minutes}</td>}
                {isMeasured && <td className={classes.right}>{row.openMinutes}</td>}
                {isOwed && <td>{row.cardId && <GiveTo cardId={row.cardId} {...(opened.fact === 'untouchedLeads' && { leadId: row.id })} />}</td>}
              </tr>
            )
          })}
        </tbody>
      </table>
      <MoreButton {...(list.more && { more: list.more })} />
    </Drawer>
  )
}
