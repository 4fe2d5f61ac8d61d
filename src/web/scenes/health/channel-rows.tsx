import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Health } from '../../api/health.ts'
import { Chip, type Tone } from '../../components/page.tsx'
import { absoluteTime, shownTime } from '../../components/when.ts'
import classes from './health.module.css'

type Channel = Health['channels'][number]

const tones: Record<string, Tone> = { ok: 'good', attention: 'late', retrying: 'soon' }
const states = ['ok', 'waiting', 'attention', 'retrying', 'working'] as const

/** Every channel: whether it works, when it was last heard, what of it waits. */
export function ChannelRows({ channels }: { channels: Channel[] }) {
  const { t } = useTranslation()
  if (channels.length === 0) {
    return (
      <section className={classes.part}>
        <h2>{t('health.channels')}</h2>
        <p className={classes.dim}>{t('health.noChannels')}</p>
      </section>
    )
  }
  return (
    <section className={classes.part}>
      <h2>{t('health.channels')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keys too */}
      <section className={classes.scroll} tabIndex={0} aria-label={t('health.channels')}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th>{t('health.channel')}</th>
              <th>{t('health.state')}</th>
              <th>{t('health.last')}</th>
              <th title={t('health.listHint')}>{t('health.list')}</th>
              <th>{t('health.backlog')}</th>
              <th>{t('health.parked')}</th>
            </tr>
          </thead>
          <tbody>
            {channels.map((channel) => (
              <ChannelRow key={channel.id} channel={channel} />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

function ChannelRow({ channel }: { channel: Channel }) {
  const { t, i18n } = useTranslation()
  const state = channel.isPaused ? 'paused' : shownState(channel)
  const error = i18n.language === 'ru' ? channel.error?.ru : channel.error?.en
  return (
    <tr>
      <td>
        <Link to="/channels" search={{ channelId: channel.id }}>
          <b>{channel.name}</b>
        </Link>
      </td>
      <td>
        <Chip tone={channel.isPaused ? 'plain' : (tones[state] ?? 'plain')}>{t(`health.of.${state}`)}</Chip> {!channel.isPaused && error}
      </td>
      <td>
        {channel.lastDeliveryAt ? <time title={absoluteTime(channel.lastDeliveryAt)}>{shownTime(channel.lastDeliveryAt)}</time> : t('health.never')}{' '}
        {channel.silence && (
          <Chip tone="soon">{t('health.silent', { usual: channel.silence.usualPerDay, since: shownTime(channel.silence.since) })}</Chip>
        )}
      </td>
      <td>
        {channel.list?.readAt ? <time title={absoluteTime(channel.list.readAt)}>{shownTime(channel.list.readAt)}</time> : '–'}{' '}
        {channel.recordingsMissing > 0 && <Chip tone="soon">{t('health.recordingsMissing', { n: channel.recordingsMissing })}</Chip>}
      </td>
      <td>{channel.waiting > 0 ? t('health.backlogValue', { n: channel.waiting, seconds: channel.waitingSeconds }) : 0}</td>
      <td>{channel.parked}</td>
    </tr>
  )
}

/** A channel that was heard no longer waits for its first event. */
function shownState(channel: Channel): (typeof states)[number] {
  const known = states.find((state) => state === channel.state) ?? 'waiting'
  return known === 'waiting' && channel.lastDeliveryAt ? 'ok' : known
}
