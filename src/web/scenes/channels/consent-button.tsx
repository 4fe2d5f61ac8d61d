import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { tellError } from '../../components/tell.ts'
import type { Suggestion } from './use-suggestion.ts'

/** Sends the browser to the vendor, where a person allows access; it comes back to this channel. */
export async function goToConsent(channelId: string): Promise<void> {
  const { url } = await api.channels.startConsent({ id: channelId })
  window.location.assign(url)
}

/** «Войти через …»: the first thing to press when a channel needs a person. */
export function ConsentButton({
  channelId,
  consent,
  isUrgent,
}: {
  channelId: string
  consent: NonNullable<Suggestion['consent']>
  isUrgent: boolean
}) {
  const { t, i18n } = useTranslation()
  const go = useMutation({ mutationFn: () => goToConsent(channelId), onError: tellError })
  return (
    <Button variant={isUrgent ? 'filled' : 'default'} loading={go.isPending} onClick={() => go.mutate()}>
      {t('consent.signIn', { vendor: consent.title[i18n.language === 'en' ? 'en' : 'ru'] })}
    </Button>
  )
}
