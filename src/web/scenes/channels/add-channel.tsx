import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import components from '../../components/components.module.css'
import { Chip, SkeletonRows } from '../../components/page.tsx'
import { inLanguage, tellError } from '../../components/tell.ts'
import classes from './channels.module.css'
import { goToConsent } from './consent-button.tsx'
import { Guide } from './guide.tsx'
import { ReachNotice } from './reach-notice.tsx'
import { type Settings, SettingsFields } from './settings-fields.tsx'
import { SuggestionBox } from './suggestion-box.tsx'
import { tellSettingsError } from './tell-settings-error.ts'
import { consentReady, useSuggestion, withoutSuggestion, withSuggestion } from './use-suggestion.ts'

/** By steps: what to do at the vendor, the settings, a test, and the channel is there. */
export function AddChannel({ connectorId, onAdded }: { connectorId: string; onAdded(channelId: string): void }) {
  const { t, i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'ru'
  const [name, setName] = useState<string>()
  const [typed, setTyped] = useState<Settings>({})
  const connector = useQuery({ queryKey: ['connectors', connectorId], queryFn: () => api.connectors.get({ id: connectorId }) })
  const suggestion = useSuggestion(connector.data, typed)
  const settings = withSuggestion(typed, suggestion)
  const consent = consentReady(settings, suggestion)
  const fault = (error: unknown) => tellSettingsError(error, connector.data?.settings)
  const test = useMutation({ mutationFn: () => api.channels.check({ connector: connectorId, settings }), onError: fault })
  const add = useMutation({
    mutationFn: (wanted: { shownName: string; signIn: boolean }) =>
      api.channels.create({ connector: connectorId, name: name ?? wanted.shownName, settings }),
    onSuccess: async (channel, { signIn }) => {
      await queryClient.invalidateQueries({ queryKey: ['channels'] })
      onAdded(channel.id)
      if (signIn) await goToConsent(channel.id).catch(tellError)
    },
    onError: fault,
  })
  if (!connector.data) return <SkeletonRows />
  const title = connector.data.title[language]
  return (
    <form
      className={`${components.body} ${classes.form}`}
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate({ shownName: title, signIn: consent !== null })
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
      {connector.data.transport.includes('webhook') && <ReachNotice />}
      <TextInput label={t('channels.name')} value={name ?? title} onChange={(event) => setName(event.currentTarget.value)} />
      <SettingsFields
        schema={connector.data.settings}
        values={settings}
        onChange={(shown) => setTyped(withoutSuggestion(shown, typed, suggestion))}
        wanted={suggestion?.consent?.needs ?? []}
        note={<SuggestionBox suggestion={suggestion} returnUrl={connector.data.consentReturnUrl} />}
      />
      <div className={classes.acts}>
        <Button type="submit" loading={add.isPending}>
          {consent ? t('consent.createAndSignIn', { vendor: consent.title[language] }) : t('channels.create')}
        </Button>
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
          {t('channels.test')}
        </Button>
        {test.data &&
          (test.data.ok ? (
            <Chip tone="good">{inLanguage(test.data.words) ?? test.data.detail ?? t('channels.works')}</Chip>
          ) : (
            <span style={{ color: 'var(--late)' }}>{inLanguage(test.data.words) ?? test.data.message}</span>
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
