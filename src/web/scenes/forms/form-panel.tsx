import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChannelHealth } from '../channels/channel-health.tsx'
import { ChannelPanel } from '../channels/channel-panel.tsx'
import { ChannelState, type ChannelView } from '../channels/channel-state.tsx'
import { HookAddress } from '../channels/hook-address.tsx'
import { Snippets } from '../channels/snippets.tsx'
import { FirstRequest } from './first-request.tsx'
import { FormFields } from './form-fields.tsx'
import classes from './forms.module.css'
import { PasteExample } from './paste-example.tsx'

const tabs = ['connect', 'fields', 'health', 'channel'] as const
type Tab = (typeof tabs)[number]

/** One form: connecting it, what its fields mean, how it fares, its settings. `deliveryId`: the request whose fields are asked for. */
export function FormPanel({ channel, deliveryId }: { channel: ChannelView; deliveryId?: string }) {
  const { t } = useTranslation()
  const [tab, setTab] = useState<Tab>(deliveryId === undefined ? 'connect' : 'fields')
  return (
    <section className={classes.panel} aria-label={channel.name}>
      <header className={classes.head}>
        <h1>{channel.name}</h1>
        <ChannelState channel={channel} />
      </header>
      <SegmentedControl
        size="xs"
        className={classes.tabs}
        aria-label={t('formTabs.label')}
        value={tab}
        onChange={(value) => setTab(tabs.find((one) => one === value) ?? 'connect')}
        data={tabs.map((value) => ({ value, label: t(`formTabs.${value}`) }))}
      />
      {tab === 'connect' && (
        <div className={classes.narrow}>
          <FirstRequest channelId={channel.id} onFields={() => setTab('fields')} />
          {channel.hookUrl && <HookAddress hookUrl={channel.hookUrl} />}
          <PasteExample channel={channel} />
          <Snippets channelId={channel.id} />
        </div>
      )}
      {tab === 'fields' && <FormFields channel={channel} {...(deliveryId !== undefined && { deliveryId })} />}
      {tab === 'health' && <ChannelHealth channelId={channel.id} />}
      {tab === 'channel' && <ChannelPanel channel={channel} isPart />}
    </section>
  )
}
