import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import classes from '../../components/components.module.css'
import { MoreButton } from '../../components/more-button.tsx'
import { Chip, Empty, Page, SkeletonRows, type Tone } from '../../components/page.tsx'
import { usePages } from '../../components/use-pages.ts'
import { absoluteTime, shownTime } from '../../components/when.ts'

const statuses = ['new', 'working', 'won', 'lost', 'junk'] as const
type Status = (typeof statuses)[number]
const tones: Record<Status, Tone> = { new: 'accent', working: 'soon', won: 'good', lost: 'late', junk: 'plain' }

export function LeadsScene() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [status, setStatus] = useState<Status | 'all'>('all')
  const counts = useQuery({ queryKey: ['leads', 'counts'], queryFn: () => api.leads.counts() })
  const list = usePages(['leads', status], (cursor) => api.leads.list({ limit: 50, ...(cursor && { cursor }), ...(status !== 'all' && { status }) }))
  const open = (cardId: string) => void navigate({ to: '/waiting/$cardId', params: { cardId } })
  return (
    <Page
      title={t('leads.title')}
      acts={
        <SegmentedControl
          size="xs"
          value={status}
          onChange={(value) => setStatus(value as Status | 'all')}
          data={[
            { value: 'all', label: t('common.all') },
            ...statuses.map((value) => ({ value, label: `${t(`leads.${value}`)} ${counts.data?.[value] ?? ''}` })),
          ]}
        />
      }
    >
      <div className={classes.body}>
        {list.isPending && <SkeletonRows />}
        {list.isEmpty && <Empty title={t('leads.empty')} hint={t('leads.emptyHint')} />}
        {list.items.length > 0 && (
          <table className={classes.table}>
            <thead>
              <tr>
                <th>{t('leads.topic')}</th>
                <th>{t('leads.status')}</th>
                <th>{t('leads.source')}</th>
                <th>{t('leads.created')}</th>
              </tr>
            </thead>
            <tbody>
              {list.items.map((lead) => (
                <tr
                  key={lead.id}
                  data-clickable
                  tabIndex={0}
                  onClick={() => open(lead.cardId)}
                  onKeyDown={(event) => event.key === 'Enter' && open(lead.cardId)}
                >
                  <td>
                    <b>{lead.topic || t('card.lead')}</b>
                  </td>
                  <td>
                    <Chip tone={tones[lead.status]}>{t(`leads.${lead.status}`)}</Chip> {lead.lostReason}
                  </td>
                  <td>{Object.values(lead.source?.utm ?? {}).join(' · ') || lead.source?.page}</td>
                  <td title={absoluteTime(lead.createdAt)}>{shownTime(lead.createdAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <MoreButton {...(list.more && { more: list.more })} />
      </div>
    </Page>
  )
}
