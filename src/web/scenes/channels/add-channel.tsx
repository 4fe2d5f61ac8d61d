import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import components from '../../components/components.module.css'
import { Chip, SkeletonRows } from '../../components/page.tsx'
import { tellError } from '../../components/tell.ts'
import classes from './channels.module.css'
import { Guide } from './guide.tsx'
import { type Settings, SettingsFields } from './settings-fields.tsx'

/** By steps: what to do at the vendor, the settings, a test, and the channel is there. */
export function AddChannel({ connectorId, onAdded }: { connectorId: string; onAdded(channelId: string): void }) {
  const { t, i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'ru'
  const [name, setName] = useState<string>()
  const [settings, setSettings] = useState<Settings>({})
  const connector = useQuery({ queryKey: ['connectors', connectorId], queryFn: () => api.connectors.get({ id: connectorId }) })
  const test = useMutation({ mutationFn: () => api.channels.check({ connector: connectorId, settings }), onError: tellError })
  const add = useMutation({
    mutationFn: (shownName: string) => api.channels.create({ connector: connectorId, name: name ?? shownName, settings }),
    onSuccess: async (channel) => {
      await queryClient.invalidateQueries({ queryKey: ['channels'] })
      onAdded(channel.id)
    },
    onError: tellError,
  })
  if (!connector.data) return <SkeletonRows />
  const title = connector.data.title[language]
  return (
    <form
      className={`${components.body} ${classes.form}`}
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate(title)
      }}
    >
      <h1>{title}</h1>
      {connector.data.steps.length > 0 && (
        <div>
          <b>{t('channels.steps')}</b>
          <ol className={classes.steps}>
            {connector.data.steps.map((step) => (
              <li key={step.en}>{step[language]}</li>
            ))}
          </ol>
        </div>
      )}
      <TextInput label={t('channels.name')} value={name ?? title} onChange={(event) => setName(event.currentTarget.value)} />
      <SettingsFields schema={connector.data.settings} values={settings} onChange={setSettings} />
      <div className={classes.acts}>
        <Button type="submit" loading={add.isPending}>
          {t('channels.create')}
        </Button>
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
          {t('channels.test')}
        </Button>
        {test.data &&
          (test.data.ok ? (
            <Chip tone="good">{test.data.detail ?? t('channels.works')}</Chip>
          ) : (
            <span style={{ color: 'var(--late)' }}>{test.data.message}</span>
          ))}
      </div>
      {connector.data.readme && (
        <details>
          <summary>{t('channels.guide')}</summary>
          <Guide text={connector.data.readme} />
        </details>
      )}
    </form>
  )
}
