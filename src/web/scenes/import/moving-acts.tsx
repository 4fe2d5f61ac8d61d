import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { api } from '../../api/client.ts'
import { useRight } from '../../api/session.ts'
import { ExportButton } from '../../components/export-button.tsx'

/** The base in and out, where the clients are. */
export function MovingActs({ filter }: { filter: NonNullable<Parameters<typeof api.exports.create>[0]['filter']> }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayImport = useRight('imports.create')
  return (
    <>
      <ExportButton
        filter={filter}
        choices={[
          { label: t('export.csv'), kind: 'contacts', format: 'csv' },
          { label: t('export.xlsx'), kind: 'contacts', format: 'xlsx' },
          { label: t('export.companies'), kind: 'companies', format: 'csv' },
          { label: t('export.messages'), kind: 'entries', format: 'csv', isWhole: true },
          { label: t('export.calls'), kind: 'calls', format: 'csv', isWhole: true },
        ]}
      />
      {mayImport && (
        <Button variant="default" onClick={() => void navigate({ to: '/import' })}>
          {t('nav.import')}
        </Button>
      )}
    </>
  )
}
