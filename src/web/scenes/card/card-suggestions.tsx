import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { shownIdentity } from '../../components/shown-identity.ts'
import { tellError } from '../../components/tell.ts'
import classes from './card.module.css'

const MergePreview = lazy(async () => ({ default: (await import('./merge-preview.tsx')).MergePreview }))

/** "Perhaps the same person": decided by people, undone any day. */
export function CardSuggestions({ cardId }: { cardId: string }) {
  const { t } = useTranslation()
  const [compared, setCompared] = useState<string>()
  const mayMerge = useRight('contacts.merge')
  const found = useQuery({ queryKey: ['card', cardId, 'suggestions'], queryFn: () => api.suggestions.list({ contactId: cardId, limit: 10 }) })
  const refresh = () => queryClient.invalidateQueries()
  const dismiss = useMutation({ mutationFn: (id: string) => api.suggestions.dismiss({ id }), onSuccess: refresh, onError: tellError })
  if (!found.data || found.data.items.length === 0) return null
  return (
    <section>
      <h2>{t('card.perhaps')}</h2>
      {found.data.items.map((suggestion) => {
        const other = suggestion.first.cardId === cardId ? suggestion.second : suggestion.first
        return (
          <div key={suggestion.id} className={classes.line}>
            <span className={classes.value}>{other.name || other.identities.map(shownIdentity).join(', ') || t('waiting.unnamed')}</span>
            {mayMerge && (
              <>
                <Button variant="default" onClick={() => setCompared(other.cardId)}>
                  {t('card.compare')}
                </Button>
                <Button variant="subtle" color="gray" onClick={() => dismiss.mutate(suggestion.id)}>
                  {t('card.notSame')}
                </Button>
              </>
            )}
          </div>
        )
      })}
      <Suspense>{compared !== undefined && <MergePreview cardId={cardId} otherId={compared} onClose={() => setCompared(undefined)} />}</Suspense>
    </section>
  )
}
