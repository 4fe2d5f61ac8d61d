import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import components from '../../components/components.module.css'
import { Empty, Page, SkeletonRows } from '../../components/page.tsx'
import { AddChannel } from './add-channel.tsx'
import { Catalogue } from './catalogue.tsx'
import { ChannelPanel } from './channel-panel.tsx'
import { ChannelState } from './channel-state.tsx'
import classes from './channels.module.css'
import { ConnectorIcon } from './connector-icon.tsx'
import { ReachNotice } from './reach-notice.tsx'
import { useConsentReturn } from './use-consent-return.ts'

type Shown = { is: 'list' } | { is: 'catalogue' } | { is: 'add'; connectorId: string }

/** What is connected and how it fares; the catalogue of what can be. */
export function ChannelsScene() {
  const { t, i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'ru'
  const [shown, setShown] = useState<Shown>({ is: 'list' })
  const { channelId } = useSearch({ from: '/shell/channels' })
  const [chosen, setChosen] = useState(channelId)
  useConsentReturn(setChosen)
  const channels = useQuery({ queryKey: ['channels'], queryFn: () => api.channels.list() })
  const items = channels.data?.items ?? []
  const channel = items.find((item) => item.id === chosen)
  const connectors = useQuery({ queryKey: ['connectors'], queryFn: () => api.connectors.list(), staleTime: Number.POSITIVE_INFINITY })
  const connectorOf = (id: string) => connectors.data?.items.find((one) => one.id === id)
  const add = <Button onClick={() => setShown({ is: 'catalogue' })}>{t('channels.add')}</Button>
  return (
    <Page
      title={t('channels.title')}
      acts={
        shown.is !== 'list' ? (
          <Button variant="default" onClick={() => setShown({ is: 'list' })}>
            {t('common.cancel')}
          </Button>
        ) : (
          items.length > 0 && add
        )
      }
    >
      {shown.is === 'catalogue' && <Catalogue onChoose={(connectorId) => setShown({ is: 'add', connectorId })} />}
      {shown.is === 'add' && (
        <AddChannel
          connectorId={shown.connectorId}
          onAdded={(id) => {
            setChosen(id)
            setShown({ is: 'list' })
          }}
        />
      )}
      {shown.is === 'list' && (
        <div className={classes.split}>
          <div className={components.body}>
            <ReachNotice />
            {channels.isPending && <SkeletonRows />}
            {channels.data && items.length === 0 && (
              <Empty title={t('channels.none')} hint={t('channels.noneHint')}>
                {add}
              </Empty>
            )}
            {items.map((item) => (
              <button key={item.id} type="button" className={classes.row} aria-pressed={item.id === chosen} onClick={() => setChosen(item.id)}>
                <ConnectorIcon markup={connectorOf(item.connector)?.icon ?? ''} />
                <b>{item.name}</b>
                <span className={components.hint}>{connectorOf(item.connector)?.title[language] ?? item.connector}</span>
                <span className={components.grow} />
                <ChannelState channel={item} />
              </button>
            ))}
          </div>
          {channel && <ChannelPanel key={channel.id} channel={channel} />}
        </div>
      )}
    </Page>
  )
}
