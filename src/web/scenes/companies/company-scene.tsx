import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { usePeople } from '../../api/names.ts'
import { Empty, Page, SkeletonRows } from '../../components/page.tsx'
import { shownIdentity } from '../../components/shown-identity.ts'
import { shownDay, shownTime } from '../../components/when.ts'
import { Timeline } from '../conversation/timeline.tsx'
import classes from './company.module.css'

/** One organisation: its people, and everything that happened with any of them. */
export function CompanyScene() {
  const { t } = useTranslation()
  const { companyId } = useParams({ from: '/shell/companies/$companyId' })
  const company = useQuery({ queryKey: ['companies', companyId], queryFn: () => api.companies.get({ id: companyId }) })
  const timeline = useInfiniteQuery({
    queryKey: ['timeline', 'company', companyId],
    queryFn: ({ pageParam }) => api.companies.timeline({ id: companyId, limit: 50, ...(pageParam && { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  if (company.isPending) return <SkeletonRows />
  if (!company.data) return <Empty title={t('companies.gone')} />
  const entries = timeline.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Page
      title={company.data.name}
      hint={company.data.domain ?? ''}
      acts={
        <Link to="/companies" className={classes.all ?? ''}>
          {t('companies.all')}
        </Link>
      }
    >
      <div className={classes.company}>
        <section className={classes.timeline} aria-label={t('companies.timeline')}>
          {timeline.isPending ? (
            <SkeletonRows />
          ) : (
            <Timeline entries={entries} {...(timeline.hasNextPage && { onEarlier: () => void timeline.fetchNextPage() })} />
          )}
        </section>
        <CompanyPeople companyId={companyId} ownerId={company.data.ownerId} since={company.data.createdAt} />
      </div>
    </Page>
  )
}

function CompanyPeople({ companyId, ownerId, since }: { companyId: string; ownerId: string | null; since: string }) {
  const { t } = useTranslation()
  const nameOf = usePeople()
  const people = useQuery({ queryKey: ['contacts', 'of company', companyId], queryFn: () => api.contacts.list({ companyId, limit: 100 }) })
  return (
    <aside className={classes.side} aria-label={t('companies.people')}>
      <p className={classes.dim}>
        {[t('card.since', { date: shownDay(since) }), ownerId && `${t('card.field.ownerId')}: ${nameOf(ownerId)}`].filter(Boolean).join(' · ')}
      </p>
      <h2>{t('companies.people')}</h2>
      {people.isPending && <SkeletonRows count={3} />}
      {people.data?.items.length === 0 && <p className={classes.dim}>{t('companies.nobody')}</p>}
      {people.data?.items.map((contact) => (
        <Link key={contact.id} to="/waiting/$cardId" params={{ cardId: contact.cardId }} className={classes.person ?? ''}>
          <b>{contact.name || t('waiting.unnamed')}</b>
          <span className={classes.dim}>{contact.identities.map(shownIdentity).join(' · ')}</span>
          <span className={classes.dim}>{shownTime(contact.lastTouchAt)}</span>
        </Link>
      ))}
    </aside>
  )
}
