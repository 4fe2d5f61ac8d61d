import { useNavigate } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { usePeople } from '../../api/names.ts'
import type { LeadStatus } from '../../components/lead-status.tsx'
import { Chip, Empty, SkeletonRows, type Tone } from '../../components/page.tsx'
import { usePages } from '../../components/use-pages.ts'
import { type Column, VirtualTable } from '../../components/virtual-table.tsx'
import { absoluteTime, shownTime } from '../../components/when.ts'
import { type LeadItem, shownClient, shownSource } from './shown-lead.ts'

const tones: Record<LeadStatus, Tone> = { new: 'accent', working: 'soon', won: 'good', lost: 'late', junk: 'plain' }

/** Leads of one status or all, the newest first; each opens its client. */
export function LeadsTable({ status }: { status: LeadStatus | 'all' }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const nameOf = usePeople()
  const list = usePages(['leads', status], (cursor) => api.leads.list({ limit: 100, ...(cursor && { cursor }), ...(status !== 'all' && { status }) }))
  if (list.isPending) return <SkeletonRows />
  if (list.isEmpty) return <Empty title={t('leads.empty')} hint={t('leads.emptyHint')} />
  return (
    <VirtualTable
      label={t('leads.title')}
      columns={columns(t, nameOf)}
      items={list.items}
      rowKey={(lead) => lead.id}
      onOpen={(lead) => void navigate({ to: '/waiting/$cardId', params: { cardId: lead.cardId } })}
      {...(list.more && { more: list.more })}
    />
  )
}

function columns(t: TFunction, nameOf: (id: string | null) => string): Column<LeadItem>[] {
  return [
    {
      key: 'topic',
      title: t('leads.topic'),
      width: 'minmax(0, 3fr)',
      onPhone: 'title',
      cell: (lead) => (lead.topic ? <b>{lead.topic}</b> : t('leads.noTopic')),
      hint: (lead) => lead.topic,
    },
    { key: 'who', title: t('clients.name'), width: 'minmax(0, 2fr)', cell: shownClient },
    {
      key: 'status',
      title: t('leads.status'),
      width: '7rem',
      onPhone: 'aside',
      cell: (lead) => <Chip tone={tones[lead.status]}>{t(`leads.${lead.status}`)}</Chip>,
    },
    {
      key: 'reason',
      title: t('leads.reason'),
      width: 'minmax(0, 1.5fr)',
      cell: (lead) => lead.lostReason,
      hint: (lead) => lead.lostReason ?? '',
    },
    { key: 'source', title: t('leads.source'), width: 'minmax(0, 2fr)', cell: shownSource, hint: shownSource },
    { key: 'owner', title: t('card.field.ownerId'), width: 'minmax(0, 1.5fr)', cell: (lead) => nameOf(lead.ownerId) },
    {
      key: 'created',
      title: t('leads.created'),
      width: '9rem',
      cell: (lead) => shownTime(lead.createdAt),
      hint: (lead) => absoluteTime(lead.createdAt),
    },
  ]
}
