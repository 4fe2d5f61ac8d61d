import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { isSure } from '../../components/is-sure.ts'
import { Chip } from '../../components/page.tsx'
import { inLanguage, tellError } from '../../components/tell.ts'
import { ChannelAddresses } from './channel-addresses.tsx'
import { ChannelHealth } from './channel-health.tsx'
import { ChannelRouting } from './channel-routing.tsx'
import { ChannelState, type ChannelView } from './channel-state.tsx'
import classes from './channels.module.css'
import { ConsentButton } from './consent-button.tsx'
import { Guide } from './guide.tsx'
import { HookAddress } from './hook-address.tsx'
import { type Settings, SettingsFields } from './settings-fields.tsx'
import { changesOf } from './settings-schema.ts'
import { Snippets } from './snippets.tsx'
import { tellSettingsError } from './tell-settings-error.ts'
import { consentReady, useSuggestion } from './use-suggestion.ts'

/** One channel: its state, its address, its settings, what can be done with it. `isPart`: of a screen that shows name, address and code already. */
export function ChannelPanel({ channel, isPart = false }: { channel: ChannelView; isPart?: boolean }) {
  const { t } = useTranslation()
  const mayChange = useRight('channels.update')
  const [opened, setOpened] = useState<Settings>(channel.settings)
  const [settings, setSettings] = useState(opened)
  const connector = useQuery({ queryKey: ['connectors', channel.connector], queryFn: () => api.connectors.get({ id: channel.connector }) })
  const suggestion = useSuggestion(mayChange ? connector.data : undefined, settings)
  const consent = consentReady(settings, suggestion)
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['channels'] })
  const act = useMutation({
    mutationFn: async (what: 'pause' | 'resume' | 'delete' | 'setUpWebhook') => void (await api.channels[what]({ id: channel.id })),
    onSuccess: refresh,
    onError: tellError,
  })
  const test = useMutation({ mutationFn: () => api.channels.test({ id: channel.id }), onError: tellError })
  const save = useMutation({
    mutationFn: () => api.channels.update({ id: channel.id, settings: changesOf(opened, settings) }),
    onSuccess: async ({ settings: saved }) => {
      setOpened(saved)
      setSettings(saved)
      await refresh()
    },
    onError: (error) => tellSettingsError(error, connector.data?.settings),
  })
  return (
    <section className={isPart ? classes.part : classes.panel} aria-label={isPart ? t('channels.settings') : channel.name}>
      {!isPart && (
        <div className={classes.acts}>
          <h1>{channel.name}</h1>
          <ChannelState channel={channel} />
        </div>
      )}
      {!isPart && channel.hookUrl && <HookAddress hookUrl={channel.hookUrl} />}
      {mayChange && (
        <div className={classes.acts}>
          {consent && <ConsentButton channelId={channel.id} consent={consent} isUrgent={channel.state === 'attention'} />}
          <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
            {t('channels.test')}
          </Button>
          {connector.data?.abilities.includes('setUpWebhook') && (
            <Button variant="default" onClick={() => act.mutate('setUpWebhook')}>
              {t('channels.webhook')}
            </Button>
          )}
          <Button variant="default" onClick={() => act.mutate(channel.pausedAt ? 'resume' : 'pause')}>
            {channel.pausedAt ? t('channels.resume') : t('channels.pause')}
          </Button>
          <Button variant="subtle" color="red" onClick={() => isSure(channel.name) && act.mutate('delete')}>
            {t('channels.remove')}
          </Button>
          {test.data &&
            (test.data.ok ? (
              <Chip tone="good">{inLanguage(test.data.words) ?? test.data.detail ?? t('channels.works')}</Chip>
            ) : (
              <span style={{ color: 'var(--late)' }}>{inLanguage(test.data.words) ?? test.data.message}</span>
            ))}
        </div>
      )}
      {!isPart && mayChange && <ChannelHealth channelId={channel.id} />}
      {!isPart && connector.data?.abilities.includes('readFields') && <Link to="/forms">{t('firstRequest.toFields')}</Link>}
      {!isPart && connector.data?.abilities.includes('snippets') && <Snippets channelId={channel.id} />}
      {mayChange && connector.data && (
        <details open={isPart}>
          <summary>{t('channels.settings')}</summary>
          <div className={classes.form}>
            <SettingsFields schema={connector.data.settings} values={settings} onChange={setSettings} wanted={suggestion?.consent?.needs ?? []} />
            <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
              {t('common.save')}
            </Button>
          </div>
        </details>
      )}
      {mayChange && channel.media.includes('voice') && <ChannelAddresses channelId={channel.id} />}
      {mayChange && <ChannelRouting channel={channel} />}
      {connector.data?.readme && (
        <details>
          <summary>{t('channels.guide')}</summary>
          <Guide text={connector.data.readme} />
        </details>
      )}
    </section>
  )
}
