import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { Chip, Empty, Page, SkeletonRows } from '../../components/page.tsx'
import { shownTime } from '../../components/when.ts'
import classes from '../rules/rules.module.css'
import { AddWebhook } from './add-webhook.tsx'
import { Secret } from './secret.tsx'
import { stateTones } from './webhook-item.ts'
import { WebhookPanel } from './webhook-panel.tsx'

/** Who outside is told what, and whether he hears it. */
export function WebhooksScene() {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string>()
  const [secret, setSecret] = useState<{ id: string; text: string }>()
  const webhooks = useQuery({ queryKey: ['webhooks'], queryFn: () => api.webhooks.list({}) })
  const items = webhooks.data?.items ?? []
  const webhook = items.find(({ id }) => id === chosen)
  return (
    <Page title={t('webhooks.title')} hint={t('webhooks.hint')} acts={<Button onClick={() => setChosen('new')}>{t('webhooks.create')}</Button>}>
      {webhooks.isPending && <SkeletonRows />}
      {webhooks.data && items.length === 0 && chosen !== 'new' && (
        <Empty title={t('webhooks.empty')} hint={t('webhooks.emptyHint')}>
          <Button onClick={() => setChosen('new')}>{t('webhooks.create')}</Button>
        </Empty>
      )}
      {(items.length > 0 || chosen === 'new') && (
        <div className={items.length > 0 ? classes.split : classes.alone}>
          <div className={classes.list} hidden={items.length === 0}>
            {items.map((item) => (
              <button key={item.id} type="button" className={classes.row} aria-pressed={item.id === chosen} onClick={() => setChosen(item.id)}>
                <span className={classes.head}>
                  <b>{item.name}</b>
                  <Chip tone={item.state === 'active' && item.failingSince ? 'late' : stateTones[item.state]}>
                    {item.state === 'active' && item.failingSince
                      ? t('webhooks.failing', { date: shownTime(item.failingSince) })
                      : t(`webhooks.state.${item.state}`)}
                  </Chip>
                </span>
                <p>{item.url}</p>
              </button>
            ))}
          </div>
          <div className={classes.panel}>
            {secret && (secret.id === chosen || chosen === 'new') && <Secret text={secret.text} />}
            {chosen === 'new' && (
              <AddWebhook
                onAdded={(id, text) => {
                  setSecret({ id, text })
                  setChosen(id)
                }}
              />
            )}
            {webhook && <WebhookPanel key={webhook.id} webhook={webhook} onSecret={(text) => setSecret({ id: webhook.id, text })} />}
            {!webhook && chosen !== 'new' && <p>{t('webhooks.choose')}</p>}
          </div>
        </div>
      )}
    </Page>
  )
}
