import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import components from '../../components/components.module.css'
import { isSure } from '../../components/is-sure.ts'
import { Chip } from '../../components/page.tsx'
import { tell, tellError } from '../../components/tell.ts'
import { shownTime } from '../../components/when.ts'
import classes from '../rules/rules.module.css'
import { stateTones, type WebhookItem } from './webhook-item.ts'
import { WebhookLog } from './webhook-log.tsx'

const refresh = () => queryClient.invalidateQueries({ queryKey: ['webhooks'] })

/** One webhook: how it does, what can be done with it, and its log. */
export function WebhookPanel({ webhook, onSecret }: { webhook: WebhookItem; onSecret(secret: string): void }) {
  const { t } = useTranslation()
  const { id, state, reason } = webhook
  const change = useMutation({ mutationFn: (act: () => Promise<unknown>) => act(), onSuccess: refresh, onError: tellError })
  const test = useMutation({
    mutationFn: () => api.webhooks.test({ id }),
    onSuccess: ({ status, latencyMs, error }) =>
      tell(status === null ? t('webhooks.testFailed', { error: error ?? '' }) : t('webhooks.tested', { status, ms: latencyMs })),
    onError: tellError,
  })
  const rotate = useMutation({
    mutationFn: () => api.webhooks.rotateSecret({ id }),
    onSuccess: async ({ secret }) => {
      onSecret(secret)
      tell(t('webhooks.rotated'))
      await refresh()
    },
    onError: tellError,
  })
  const remove = useMutation({
    mutationFn: () => api.webhooks.delete({ id }),
    onSuccess: async () => {
      tell(t('webhooks.removed'))
      await refresh()
    },
    onError: tellError,
  })
  return (
    <>
      <div>
        <div className={classes.chips}>
          <b>{webhook.name}</b>
          <Chip tone={stateTones[state]}>{t(`webhooks.state.${state}`)}</Chip>
          {webhook.failingSince && <Chip tone="late">{t('webhooks.failing', { date: shownTime(webhook.failingSince) })}</Chip>}
          {webhook.due > 0 && <Chip>{t('webhooks.due', { n: webhook.due })}</Chip>}
          {webhook.failed > 0 && <Chip tone="late">{t('webhooks.failed', { n: webhook.failed })}</Chip>}
          <span className={components.hint}>
            {webhook.lastDeliveredAt ? t('webhooks.lastDelivered', { date: shownTime(webhook.lastDeliveredAt) }) : t('webhooks.never')}
          </span>
        </div>
        <p className={components.mono}>{webhook.url}</p>
        <p className={components.hint}>{webhook.types.join(' · ')}</p>
      </div>
      {reason && <p role="alert">{t(`webhooks.reason.${reason}`)}</p>}
      {state === 'unapproved' && <p role="alert">{t('webhooks.unapprovedHint')}</p>}
      <div className={classes.acts}>
        {state === 'active' ? (
          <Button variant="default" onClick={() => change.mutate(() => api.webhooks.pause({ id }))}>
            {t('webhooks.pause')}
          </Button>
        ) : (
          <>
            <Button onClick={() => change.mutate(() => api.webhooks.resume({ id }))}>{t('webhooks.resume')}</Button>
            <Button variant="default" onClick={() => change.mutate(() => api.webhooks.resume({ id, skipMissed: true }))}>
              {t('webhooks.skipMissed')}
            </Button>
          </>
        )}
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
          {t('webhooks.test')}
        </Button>
        <Button variant="default" onClick={() => rotate.mutate()}>
          {t('webhooks.rotate')}
        </Button>
        <span className={classes.grow} />
        <Button variant="subtle" color="red" onClick={() => isSure(webhook.name) && remove.mutate()}>
          {t('webhooks.remove')}
        </Button>
      </div>
      <WebhookLog webhookId={id} />
      <p className={components.hint}>{t('webhooks.signature')}</p>
    </>
  )
}
