import { useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { tell } from '../../components/tell.ts'

const outcomes = ['done', 'denied', 'failed', 'expired'] as const

/** The browser came back from a vendor: says what became of it, shows the channel, and forgets the address. */
export function useConsentReturn(show: (channelId: string) => void): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = useRouterState({ select: (state) => state.location.searchStr })
  useEffect(() => {
    const parameters = new URLSearchParams(search)
    const outcome = outcomes.find((one) => one === parameters.get('consent'))
    if (outcome === undefined) return
    tell(t(`consent.${outcome}`))
    const channelId = parameters.get('channelId')
    if (channelId) show(channelId)
    void navigate({ to: '/channels', replace: true })
  }, [search, show, navigate, t])
}
