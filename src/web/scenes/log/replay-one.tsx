import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { tell, tellError } from '../../components/tell.ts'
import classes from './log.module.css'
import { ReplayChanges } from './replay-changes.tsx'

/** First what a replay would change, then the replay. Says beforehand what it will not do. */
export function ReplayOne({ id }: { id: string }) {
  const { t } = useTranslation()
  const preview = useMutation({ mutationFn: () => api.deliveries.previewReplay({ id }), onError: tellError })
  const replay = useMutation({
    mutationFn: () => api.deliveries.replay({ id }),
    onSuccess: async () => {
      tell(t('log.replayed'))
      preview.reset()
      await queryClient.invalidateQueries({ queryKey: ['deliveries'] })
    },
    onError: tellError,
  })
  const waits = preview.data?.waits ?? false
  const isSame = preview.data?.events.every(({ change }) => change === 'same') ?? false
  return (
    <section aria-label={t('replay.title')}>
      <div className={classes.foot}>
        <span style={{ flex: 1 }}>{t('log.replayHint')}</span>
        <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate()}>
          {t('replay.preview')}
        </Button>
      </div>
      {preview.data && (
        <>
          <h2>{t('replay.title')}</h2>
          {waits ? <p>{t('replay.waits')}</p> : <ReplayChanges events={preview.data.events} />}
          {!waits && (
            <div className={classes.foot}>
              <span style={{ flex: 1 }}>{isSame ? t('replay.nothing') : t('replay.ready')}</span>
              <Button loading={replay.isPending} onClick={() => replay.mutate()}>
                {t('log.replay')}
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  )
}
