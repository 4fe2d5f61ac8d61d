import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { shownSize } from '../../components/shown-size.ts'
import { tellError } from '../../components/tell.ts'
import { shownDay } from '../../components/when.ts'
import classes from './card.module.css'
import { ErasePerson } from './erase-person.tsx'

const lookMs = 2_000

/** What a person has a right to: all that is kept about him, and to be forgotten. */
export function CardPrivacy({ cardId, name }: { cardId: string; name: string }) {
  const { t, i18n } = useTranslation()
  const mayErase = useRight('erasures.create')
  const [isErasing, setErasing] = useState(false)
  const list = useQuery({
    queryKey: ['card', cardId, 'exports'],
    queryFn: () => api.personExports.list({ id: cardId }),
    enabled: mayErase,
    refetchInterval: ({ state }) => (state.data?.items.some(({ status }) => status === 'waiting') ? lookMs : false),
  })
  const ask = useMutation({
    mutationFn: () => api.personExports.create({ id: cardId, language: i18n.language === 'ru' ? 'ru' : 'en' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['card', cardId, 'exports'] }),
    onError: tellError,
  })
  if (!mayErase) return null
  const [last] = list.data?.items ?? []
  return (
    <section>
      <h2>{t('privacy.title')}</h2>
      <div className={classes.line}>
        <Button variant="default" title={t('privacy.exportHint')} loading={ask.isPending || last?.status === 'waiting'} onClick={() => ask.mutate()}>
          {t('privacy.export')}
        </Button>
        <Button variant="subtle" color="red" onClick={() => setErasing(true)}>
          {t('privacy.erase')}
        </Button>
      </div>
      {last?.status === 'waiting' && <p className={classes.dim}>{t('privacy.making')}</p>}
      {last?.status === 'failed' && <p className={classes.dim}>{t('privacy.failed', { failure: last.failure ?? '' })}</p>}
      {last?.status === 'done' && (
        <p className={classes.dim}>
          <a href={`/api/v1/person-exports/${last.id}/file`} download>
            {t('privacy.ready', { size: shownSize(last.size ?? 0) })}
          </a>{' '}
          {t('privacy.until', { when: shownDay(last.expiresAt) })}
        </p>
      )}
      {isErasing && <ErasePerson cardId={cardId} name={name} onClose={() => setErasing(false)} />}
    </section>
  )
}
