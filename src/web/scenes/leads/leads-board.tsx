import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { type LeadStatus, LeadStatusField, leadStatuses } from '../../components/lead-status.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { SkeletonRows } from '../../components/page.tsx'
import { usePages } from '../../components/use-pages.ts'
import { absoluteTime, shownTime } from '../../components/when.ts'
import classes from './leads.module.css'
import { type LeadItem, shownClient, shownSource } from './shown-lead.ts'

/** A column for each status, the newest first. A lead goes on by its own menu, so that the board works by keys and on a phone. */
export function LeadsBoard({ counts }: { counts: Record<string, number> }) {
  return (
    <div className={classes.board}>
      {leadStatuses.map((status) => (
        <Column key={status} status={status} count={counts[status] ?? 0} />
      ))}
    </div>
  )
}

function Column({ status, count }: { status: LeadStatus; count: number }) {
  const { t } = useTranslation()
  const list = usePages(['leads', 'board', status], (cursor) => api.leads.list({ limit: 20, status, ...(cursor && { cursor }) }))
  return (
    <section className={classes.column} aria-label={t(`leads.${status}`)}>
      <h2>
        {t(`leads.${status}`)} <span className={classes.dim}>{count}</span>
      </h2>
      {list.isPending && <SkeletonRows count={3} />}
      {list.isEmpty && <p className={classes.dim}>{t('board.nothing')}</p>}
      {list.items.map((lead) => (
        <LeadTile key={lead.id} lead={lead} />
      ))}
      <MoreButton {...(list.more && { more: list.more })} />
    </section>
  )
}

function LeadTile({ lead }: { lead: LeadItem }) {
  const { t } = useTranslation()
  return (
    <article className={classes.tile} aria-label={shownClient(lead)}>
      <Link to="/waiting/$cardId" params={{ cardId: lead.cardId }} className={classes.topic ?? ''}>
        {shownClient(lead)}
      </Link>
      <p>{lead.topic || t('leads.noTopic')}</p>
      <p className={classes.dim} title={absoluteTime(lead.createdAt)}>
        {[shownTime(lead.createdAt), shownSource(lead)].filter(Boolean).join(' · ')}
      </p>
      <LeadStatusField id={lead.id} status={lead.status} lostReason={lead.lostReason} />
    </article>
  )
}
