import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { usePeople } from '../../api/names.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { tell, tellError } from '../../components/tell.ts'
import { absoluteTime, shownTime } from '../../components/when.ts'
import classes from './card.module.css'

/** Cards that are shown as part of this one; each can be parted again, any day. */
export function CardMerges({ cardId }: { cardId: string }) {
  const { t } = useTranslation()
  const mayUndo = useRight('merges.undo')
  const nameOf = usePeople()
  const merges = useQuery({ queryKey: ['card', cardId, 'merges'], queryFn: () => api.contacts.merges({ id: cardId }) })
  const undo = useMutation({
    mutationFn: (id: string) => api.merges.undo({ id }),
    onSuccess: async ({ edits }) => {
      tell(edits.length > 0 ? t('card.partedWithEdits', { n: edits.length }) : t('card.parted'))
      await queryClient.invalidateQueries()
    },
    onError: tellError,
  })
  const standing = merges.data?.items.filter(({ undoneAt }) => undoneAt === null) ?? []
  if (standing.length === 0) return null
  return (
    <section>
      <h2>{t('card.merges')}</h2>
      {standing.map((merge) => (
        <div key={merge.id} className={classes.line}>
          <span className={classes.value} title={absoluteTime(merge.at)}>
            {[shownTime(merge.at), nameOf(merge.actorId)].filter(Boolean).join(' · ')}
          </span>
          {mayUndo && (
            <Button variant="subtle" loading={undo.isPending} onClick={() => undo.mutate(merge.id)}>
              {t('card.part')}
            </Button>
          )}
        </div>
      ))}
    </section>
  )
}
