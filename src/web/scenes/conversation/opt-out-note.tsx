import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { tell, tellError } from '../../components/tell.ts'
import { shownTime } from '../../components/when.ts'
import classes from './template-list.module.css'

/** Above the composer of a client who asked not to be written to: a person may, and knows what he does. */
export function OptOutNote({ cardId }: { cardId: string }) {
  const { t } = useTranslation()
  const maySee = useRight('optOuts.get')
  const mayLift = useRight('optOuts.set')
  const consents = useQuery({ queryKey: ['timeline', 'consents', cardId], queryFn: () => api.optOuts.get({ id: cardId }), enabled: maySee })
  const lift = useMutation({
    mutationFn: () => api.optOuts.set({ id: cardId, isOut: false }),
    onSuccess: async () => {
      tell(t('optOut.lifted'))
      await queryClient.invalidateQueries({ queryKey: ['timeline', 'consents', cardId] })
    },
    onError: tellError,
  })
  const last = consents.data?.optOuts.toSorted((a, b) => a.at.localeCompare(b.at)).at(-1)
  if (!last) return null
  const date = shownTime(last.at)
  return (
    <div className={classes.warning} role="note">
      {last.word ? t('optOut.said', { word: last.word, date }) : t('optOut.noted', { date })}
      {mayLift && (
        <Button variant="default" size="compact-xs" onClick={() => lift.mutate()}>
          {t('optOut.lift')}
        </Button>
      )}
    </div>
  )
}
