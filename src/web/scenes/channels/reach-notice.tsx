import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { isOutOfReach, useReach } from './reach.ts'
import classes from './reach-notice.module.css'
import { reachState } from './reach-state.ts'

/** What the hub saw when it fetched its own public address, what follows for channels, and what works all the same. */
export function ReachNotice({ isAlways = false }: { isAlways?: boolean }) {
  const { t, i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'ru'
  const reach = useReach()
  const isOut = isOutOfReach(reach.data)
  const connectors = useQuery({
    queryKey: ['connectors'],
    queryFn: () => api.connectors.list(),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isOut,
  })
  if (reach.isPending)
    return isAlways ? (
      <div className={classes.notice} role="status">
        {t('reach.looking')}
      </div>
    ) : null
  if (!reach.data) return null
  const state = reachState(reach.data)
  if (state === 'public' && !isAlways) return null
  const fetching = connectors.data?.items.filter(({ transport }) => transport.includes('session')) ?? []
  return (
    <div className={`${classes.notice} ${classes[state] ?? ''}`} role="status">
      <p>
        <b>{t(`reach.${state}`, { url: reach.data.url })}</b> {t(`reach.${state}Means`)}
      </p>
      {fetching.length > 0 && <p>{t('reach.fetching', { names: fetching.map(({ title }) => title[language]).join(', ') })}</p>}
      {state !== 'public' && (
        <Button variant="default" loading={reach.isFetching} onClick={() => void reach.refetch()}>
          {t('reach.again')}
        </Button>
      )}
    </div>
  )
}
