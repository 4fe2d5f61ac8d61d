import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { healthQuery } from '../../api/health.ts'
import { queryClient } from '../../api/query-client.ts'
import { Page, SkeletonRows } from '../../components/page.tsx'
import { tell, tellError } from '../../components/tell.ts'
import { ChannelRows } from './channel-rows.tsx'
import { Erasures } from './erasures.tsx'
import classes from './health.module.css'
import { Machine } from './machine.tsx'
import { Problems } from './problems.tsx'
import { Queues } from './queues.tsx'

/** How the hub is: first what needs a hand and what to do, then everything that was looked at. */
export function HealthScene() {
  const { t } = useTranslation()
  const health = useQuery(healthQuery)
  const backUp = useMutation({
    mutationFn: () => api.health.backUp(),
    onSuccess: async () => {
      tell(t('health.backUpAsked'))
      await queryClient.invalidateQueries({ queryKey: ['health'] })
    },
    onError: tellError,
  })
  return (
    <Page
      title={t('health.title')}
      hint={t('health.hint')}
      acts={
        <Button size="xs" variant="default" loading={backUp.isPending} onClick={() => backUp.mutate()}>
          {t('health.backUpNow')}
        </Button>
      }
    >
      {!health.data && <SkeletonRows />}
      {health.data && (
        <div className={classes.body}>
          <Problems health={health.data} />
          <ChannelRows channels={health.data.channels} />
          <div className={classes.columns}>
            <Queues queues={health.data.queues} />
            <Machine health={health.data} />
          </div>
          <Erasures />
        </div>
      )}
    </Page>
  )
}
