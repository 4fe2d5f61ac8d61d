import { Button, Checkbox, Select } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import components from '../../components/components.module.css'
import { MoreButton } from '../../components/more-button.tsx'
import { tell, tellError } from '../../components/tell.ts'
import { usePages } from '../../components/use-pages.ts'
import classes from '../rules/rules.module.css'
import { MessageRow } from './message-row.tsx'

/** Deliveries are no live events: the log looks by itself. */
const lookEveryMs = 5_000
const hourMs = 3_600_000
const spans = { hour: hourMs, day: 24 * hourMs, days7: 7 * 24 * hourMs } as const
type Span = keyof typeof spans

/** Every event that was told, and how often it was tried; again one by one, or all of a time. */
export function WebhookLog({ webhookId }: { webhookId: string }) {
  const { t } = useTranslation()
  const [span, setSpan] = useState<Span>('day')
  const [isAll, setAll] = useState(false)
  const log = usePages(['webhooks', webhookId, 'messages'], (cursor) =>
    api.webhooks.messages({ id: webhookId, limit: 50, ...(cursor && { cursor }) }),
  )
  useEffect(() => {
    const timer = setInterval(() => void queryClient.invalidateQueries({ queryKey: ['webhooks'] }), lookEveryMs)
    return () => clearInterval(timer)
  }, [])
  const resend = useMutation({
    mutationFn: (messageId: string | undefined) =>
      messageId
        ? api.webhooks.resend({ id: webhookId, messageId })
        : api.webhooks.resendSince({ id: webhookId, since: new Date(Date.now() - spans[span]).toISOString(), onlyFailed: !isAll }),
    onSuccess: async ({ due }) => {
      tell(t('webhooks.resent', { n: due }))
      await queryClient.invalidateQueries({ queryKey: ['webhooks'] })
    },
    onError: tellError,
  })
  return (
    <section aria-label={t('webhooks.log')}>
      <div className={classes.acts} style={{ maxWidth: 'none', marginBottom: '0.5rem' }}>
        <h2>{t('webhooks.log')}</h2>
        <span className={classes.grow} />
        <Button variant="default" size="xs" loading={resend.isPending} onClick={() => resend.mutate(undefined)}>
          {t('webhooks.resendFailed')}
        </Button>
        <Select
          aria-label={t('webhooks.since')}
          size="xs"
          w="9rem"
          allowDeselect={false}
          value={span}
          data={(['hour', 'day', 'days7'] as const).map((value) => ({ value, label: t(`webhooks.${value}`) }))}
          onChange={(value) => value && setSpan(value as Span)}
        />
        <Checkbox size="xs" label={t('webhooks.everything')} checked={isAll} onChange={(event) => setAll(event.currentTarget.checked)} />
      </div>
      {log.isEmpty && <p className={components.hint}>{t('webhooks.logEmpty')}</p>}
      {log.items.length > 0 && (
        <div className={classes.scroll}>
          <table className={components.table}>
            <tbody>
              {log.items.map((message) => (
                <MessageRow key={message.id} webhookId={webhookId} message={message} onResend={() => resend.mutate(message.id)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <MoreButton {...(log.more && { more: log.more })} />
    </section>
  )
}
