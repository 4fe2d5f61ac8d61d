import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { SkeletonRows } from '../../components/page.tsx'
import { lookAt } from '../../live/connect-live.ts'
import { Composer } from './composer.tsx'
import classes from './conversation.module.css'
import { ConversationHead } from './conversation-head.tsx'
import { Timeline } from './timeline.tsx'
import { everything, type Filter, TimelineFilter, whatPasses } from './timeline-filter.tsx'

const typedMs = 200

/** The client's whole history over all channels, and the way to answer. */
export function Conversation({ cardId }: { cardId: string }) {
  const { t } = useTranslation()
  const [filter, setFilter] = useState<Filter>(everything)
  const contact = useQuery({ queryKey: ['contacts', cardId], queryFn: () => api.contacts.get({ id: cardId }) })
  const conversations = useQuery({ queryKey: ['conversations', cardId], queryFn: () => api.conversations.list({ contactId: cardId, limit: 50 }) })
  const [settled] = useDebouncedValue(filter, typedMs)
  const asked = whatPasses(settled)
  const timeline = useInfiniteQuery({
    queryKey: ['timeline', cardId, asked],
    queryFn: ({ pageParam }) => api.contacts.timeline({ id: cardId, limit: 50, ...(pageParam && { cursor: pageParam }), ...asked }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  const latest = conversations.data?.items[0]
  useEffect(() => {
    lookAt(latest?.id ?? null)
    return () => lookAt(null)
  }, [latest?.id])

  const media = [...new Set(conversations.data?.items.map(({ medium }) => medium))]
  const entries = timeline.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className={classes.conversation} aria-label={contact.data?.name || t('waiting.unnamed')}>
      <ConversationHead contact={contact.data} conversations={conversations.data?.items ?? []} />
      <TimelineFilter value={filter} media={media} onChange={setFilter} />
      {timeline.isPending ? (
        <div className={classes.timeline}>
          <SkeletonRows />
        </div>
      ) : (
        <Timeline
          entries={entries}
          isNarrowed={Object.keys(asked).length > 0}
          {...(timeline.hasNextPage && { onEarlier: () => void timeline.fetchNextPage() })}
        />
      )}
      <Composer cardId={cardId} contact={contact.data} conversations={conversations.data?.items ?? []} />
    </section>
  )
}
