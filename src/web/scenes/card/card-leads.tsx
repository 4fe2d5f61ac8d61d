import { NativeSelect } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { tellError } from '../../components/tell.ts'
import { shownDay } from '../../components/when.ts'
import classes from './card.module.css'

const statuses = ['new', 'working', 'won', 'lost', 'junk'] as const
type Status = (typeof statuses)[number]

/** What he wants, and how it stands. A lost lead asks why. */
export function CardLeads({ cardId }: { cardId: string }) {
  const { t } = useTranslation()
  const mayEdit = useRight('leads.update')
  const leads = useQuery({ queryKey: ['card', cardId, 'leads'], queryFn: () => api.leads.list({ contactId: cardId, limit: 20 }) })
  const change = useMutation({
    mutationFn: ({ id, status }: { id: string; status: Status }) => {
      const lostReason = status === 'lost' ? (window.prompt(t('leads.reason')) ?? '') : undefined
      return api.leads.update({ id, status, ...(lostReason !== undefined && { lostReason }) })
    },
    onSuccess: () =>
      Promise.all([queryClient.invalidateQueries({ queryKey: ['card', cardId] }), queryClient.invalidateQueries({ queryKey: ['leads'] })]),
    onError: tellError,
  })
  if (!leads.data || leads.data.items.length === 0) return null
  return (
    <section>
      <h2>{t('card.leads')}</h2>
      {leads.data.items.map((lead) => (
        <div key={lead.id} className={classes.line}>
          <span className={classes.value} title={lead.topic}>
            <b className={classes.topic}>{lead.topic || t('card.lead')}</b> <span className={classes.dim}>{shownDay(lead.createdAt)}</span>
          </span>
          <NativeSelect
            aria-label={t('leads.status')}
            size="xs"
            w="7rem"
            disabled={!mayEdit}
            value={lead.status}
            data={statuses.map((status) => ({ value: status, label: t(`leads.${status}`) }))}
            onChange={({ currentTarget }) => change.mutate({ id: lead.id, status: currentTarget.value as Status })}
          />
        </div>
      ))}
    </section>
  )
}
