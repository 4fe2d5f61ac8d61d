import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { api } from '../../api/client.ts'
import { shownIdentity } from '../../components/shown-identity.ts'

type Row = Awaited<ReturnType<typeof api.reports.rows>>['items'][number]

/** Whose row it is; a client without a name is called by his telephone, or whatever he is reached by. */
export function ClientLink({ row }: { row: Row }) {
  const { t } = useTranslation()
  if (row.cardId === null) return null
  return (
    <Link to="/waiting/$cardId" params={{ cardId: row.cardId }}>
      {row.name || (row.identity ? shownIdentity(row.identity) : t('waiting.unnamed'))}
    </Link>
  )
}
