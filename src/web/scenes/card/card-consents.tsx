import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { tell, tellError } from '../../components/tell.ts'
import { absoluteTime, shownDay } from '../../components/when.ts'
import classes from './card.module.css'

const mostShown = 3

/** What the client agreed to, in the words he saw, and whether he wants automatic messages. */
export function CardConsents({ cardId }: { cardId: string }) {
  const { t } = useTranslation()
  const maySet = useRight('optOuts.set')
  const queryKey = ['timeline', 'consents', cardId]
  const known = useQuery({ queryKey, queryFn: () => api.optOuts.get({ id: cardId }) })
  const set = useMutation({
    mutationFn: (isOut: boolean) => api.optOuts.set({ id: cardId, isOut }),
    onSuccess: async ({ isOptedOut }) => {
      tell(isOptedOut ? t('optOut.set') : t('optOut.lifted'))
      await queryClient.invalidateQueries({ queryKey })
    },
    onError: tellError,
  })
  if (!known.data) return null
  const { isOptedOut, consents } = known.data
  return (
    <section>
      <h2>{t('optOut.title')}</h2>
      {consents.slice(0, mostShown).map((consent) => (
        <p key={consent.entryId} className={classes.dim} title={[consent.text, consent.address, consent.page].filter(Boolean).join(' · ')}>
          <span title={absoluteTime(consent.at)}>{t('optOut.agreed', { date: shownDay(consent.at) })}</span>
          {consent.version && ` · ${t('optOut.version', { version: consent.version })}`}
        </p>
      ))}
      <div className={classes.line}>
        <span className={classes.value}>{isOptedOut ? t('optOut.isOut') : t('optOut.isIn')}</span>
        {maySet && (
          <Button variant="subtle" loading={set.isPending} onClick={() => set.mutate(!isOptedOut)}>
            {isOptedOut ? t('optOut.lift') : t('optOut.note')}
          </Button>
        )}
      </div>
    </section>
  )
}
