import { SegmentedControl } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { ExportButton } from '../../components/export-button.tsx'
import { type LeadStatus, leadStatuses } from '../../components/lead-status.tsx'
import { Page } from '../../components/page.tsx'
import { LeadsBoard } from './leads-board.tsx'
import { LeadsTable } from './leads-table.tsx'
import { Untouched } from './untouched.tsx'

/** What people want: as a table, or as a board by status. */
export function LeadsScene() {
  const { t } = useTranslation()
  const [status, setStatus] = useState<LeadStatus | 'all'>('all')
  const [view, setView] = useLocalStorage<'table' | 'board'>({ key: 'leads view', defaultValue: 'table', getInitialValueInEffect: false })
  const counts = useQuery({ queryKey: ['leads', 'counts'], queryFn: () => api.leads.counts() })
  return (
    <Page
      title={t('leads.title')}
      acts={
        <>
          <ExportButton
            filter={status === 'all' ? {} : { status }}
            choices={[
              { label: t('export.csv'), kind: 'leads', format: 'csv' },
              { label: t('export.xlsx'), kind: 'leads', format: 'xlsx' },
            ]}
          />
          {view === 'table' && (
            <SegmentedControl
              size="xs"
              value={status}
              onChange={(value) => setStatus(value as LeadStatus | 'all')}
              data={[
                { value: 'all', label: t('common.all') },
                ...leadStatuses.map((value) => ({ value, label: `${t(`leads.${value}`)} ${counts.data?.[value] ?? ''}` })),
              ]}
            />
          )}
          <SegmentedControl
            size="xs"
            aria-label={t('board.view')}
            value={view}
            onChange={(value) => setView(value as 'table' | 'board')}
            data={(['table', 'board'] as const).map((value) => ({ value, label: t(`board.${value}`) }))}
          />
        </>
      }
    >
      <Untouched />
      {view === 'board' ? <LeadsBoard counts={counts.data ?? {}} /> : <LeadsTable key={status} status={status} />}
    </Page>
  )
}
