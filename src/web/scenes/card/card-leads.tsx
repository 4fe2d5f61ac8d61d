import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { LeadStatusField } from '../../components/lead-status.tsx'
import { shownDay } from '../../components/when.ts'
import classes from './card.module.css'

/** What he wants, and how it stands. */
export function CardLeads({ cardId }: { cardId: string }) {
  const { t } = useTranslation()
  const leads = useQuery({ queryKey: ['card', cardId, 'leads'], queryFn: () => api.leads.list({ contactId: cardId, limit: 20 }) })
  if (!leads.data || leads.data.items.length === 0) return null
  return (
    <section>
      <h2>{t('card.leads')}</h2>
      {leads.data.items.map((lead) => (
        <div key={lead.id} className={classes.lead}>
          <span className={classes.value} title={lead.topic}>
            <b className={classes.topic}>{lead.topic || t('card.lead')}</b> <span className={classes.dim}>{shownDay(lead.createdAt)}</span>
          </span>
          <LeadStatusField id={lead.id} status={lead.status} lostReason={lead.lostReason} />
        </div>
      ))}
    </section>
  )
}
