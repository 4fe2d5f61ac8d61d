import { useTranslation } from 'react-i18next'
import type { api } from '../../api/client.ts'
import { Chip, type Tone } from '../../components/page.tsx'
import { shownTime } from '../../components/when.ts'

export type ChannelView = Awaited<ReturnType<typeof api.channels.list>>['items'][number]

const tones: Record<ChannelView['state'], Tone> = {
  ok: 'good',
  working: 'accent',
  waiting: 'soon',
  retrying: 'soon',
  paused: 'plain',
  attention: 'late',
}

/** How a channel fares, in words; `isShort`: without the time. "Waiting for the first request" turns green by itself. */
export function ChannelState({ channel, isShort = false }: { channel: ChannelView; isShort?: boolean }) {
  const { t, i18n } = useTranslation()
  const isWaiting = channel.lastDeliveryAt === null && (channel.state === 'ok' || channel.state === 'waiting')
  const state = channel.lastDeliveryAt !== null && channel.state === 'waiting' ? 'ok' : channel.state
  const detail = channel.stateDetail?.[i18n.language === 'en' ? 'en' : 'ru']
  return (
    <>
      {!isShort && channel.lastDeliveryAt && <span>{t('channels.last', { time: shownTime(channel.lastDeliveryAt) })}</span>}
      <Chip tone={isWaiting ? 'soon' : tones[state]} {...(detail && { title: detail })}>
        {isWaiting ? t('channels.waiting') : t(`channels.${state === 'waiting' ? 'ok' : state}`)}
        {detail && !isWaiting && `: ${detail}`}
      </Chip>
    </>
  )
}
