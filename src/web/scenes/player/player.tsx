import { ActionIcon, Button, NativeSelect } from '@mantine/core'
import { IconDownload, IconLink, IconPlayerPause, IconPlayerPlay, IconPlayerSkipBack, IconPlayerSkipForward } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useRight } from '../../api/session.ts'
import { Key, SkeletonRows } from '../../components/page.tsx'
import { shownSeconds } from '../../components/shown-seconds.ts'
import { tell, tellError } from '../../components/tell.ts'
import { useKeys } from '../../components/use-keys.ts'
import classes from './player.module.css'
import { shares } from './silence.ts'
import { useWave } from './use-wave.ts'

const speeds = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3]
const jumpSeconds = 10

export interface PlayerProps {
  callId: string
  recording: { id: string; url: string }
  /** In seconds: a link to a moment begins there. */
  startAt?: number | undefined
  /** Its keys always work; else while it plays or has the focus. */
  hasKeys: boolean
  pins?: { id: string; at: number; text: string }[]
  /** The whole second at which it stands. */
  onAt?(second: number): void
}

/** A recording: both sides of it, and where its silence is. */
export function Player(props: PlayerProps) {
  const { t } = useTranslation()
  const { callId, recording } = props
  const wave = useQuery({
    queryKey: ['waveform', recording.id],
    queryFn: () => api.calls.waveform({ id: callId, recordingId: recording.id }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (wave.isError) return <p className={classes.dim}>{t('player.unknown')}</p>
  if (!wave.data) return <SkeletonRows count={3} />
  return <Sound {...props} data={wave.data} />
}

function Sound({
  callId,
  recording,
  startAt = 0,
  hasKeys,
  pins = [],
  onAt,
  data,
}: PlayerProps & { data: Awaited<ReturnType<typeof api.calls.waveform>> }) {
  const { t } = useTranslation()
  const frame = useRef<HTMLDivElement>(null)
  const [skipsSilence, setSkipsSilence] = useState(false)
  const [speed, setSpeed] = useState(1)
  const mayDownload = useRight('calls.downloadLink')
  const sound = useMemo(() => ({ url: recording.url, seconds: data.seconds ?? 0, sides: data.sides ?? [], peaks: data.peaks }), [recording.url, data])
  const wave = useWave(frame, sound, { skipsSilence, startAt })
  const download = useMutation({
    mutationFn: () => api.calls.downloadLink({ id: callId, recordingId: recording.id }),
    onSuccess: ({ url }) => window.location.assign(url),
    onError: tellError,
  })
  const second = Math.floor(wave.at)
  useEffect(() => onAt?.(second), [onAt, second])
  const go = wave.seek
  const own = useRef<HTMLElement>(null)
  const isActive = () => hasKeys || wave.isPlaying || own.current?.contains(document.activeElement) === true
  useKeys({ j: () => go(wave.at - jumpSeconds), k: wave.toggle, l: () => go(wave.at + jumpSeconds) }, isActive)
  const spoken = shares(sound.peaks)
  const link = `${window.location.origin}/calls?callId=${callId}&at=${Math.floor(wave.at)}`
  return (
    <section className={classes.player} aria-label={t('player.title')} ref={own}>
      <p className={classes.dim}>
        {sound.peaks.map((_, index) => {
          const side = sound.peaks.length === sound.sides.length ? (sound.sides[index] ?? 'both') : 'both'
          const words =
            side === 'client'
              ? t('player.client')
              : side === 'user'
                ? t('player.us')
                : t(sound.peaks.length > 1 ? 'player.track' : 'player.both', { n: index + 1 })
          return (
            <span key={words} className={classes.side} data-side={side}>
              {words} {Math.round((spoken[index] ?? 0) * 100)} %
            </span>
          )
        })}
      </p>
      <div className={classes.wave}>
        <div ref={frame} data-wave />
        {data.gaps.map(({ from, to }) => (
          <span
            key={from}
            role="img"
            className={classes.gap}
            style={{ left: `${(from / (sound.seconds || 1)) * 100}%`, width: `${((to - from) / (sound.seconds || 1)) * 100}%` }}
            title={t('player.gap')}
            aria-label={`${shownSeconds(from)}–${shownSeconds(to)} ${t('player.gap')}`}
          />
        ))}
        {pins.map(({ id, at, text }) => (
          <button
            key={id}
            type="button"
            className={classes.pin}
            style={{ left: `${(at / (sound.seconds || 1)) * 100}%` }}
            title={text}
            aria-label={`${shownSeconds(at)} ${text}`}
            onClick={() => go(at)}
          />
        ))}
      </div>
      <div className={classes.controls}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('player.back')} onClick={() => go(wave.at - jumpSeconds)}>
          <IconPlayerSkipBack size={16} />
        </ActionIcon>
        <ActionIcon radius="xl" size="lg" aria-label={t(wave.isPlaying ? 'player.pause' : 'player.play')} onClick={wave.toggle}>
          {wave.isPlaying ? <IconPlayerPause size={18} /> : <IconPlayerPlay size={18} />}
        </ActionIcon>
        <ActionIcon variant="subtle" color="gray" aria-label={t('player.on')} onClick={() => go(wave.at + jumpSeconds)}>
          <IconPlayerSkipForward size={16} />
        </ActionIcon>
        <span className={classes.time}>
          <b>{shownSeconds(wave.at)}</b> {t('player.of')} {shownSeconds(sound.seconds)}
        </span>
        <NativeSelect
          size="xs"
          aria-label={t('player.speed')}
          value={String(speed)}
          data={speeds.map((value) => ({ value: String(value), label: `${value}×` }))}
          onChange={(event) => {
            const chosen = Number(event.currentTarget.value)
            setSpeed(chosen)
            wave.setSpeed(chosen)
          }}
        />
        <Button
          size="compact-sm"
          variant={skipsSilence ? 'light' : 'default'}
          aria-pressed={skipsSilence}
          onClick={() => setSkipsSilence(!skipsSilence)}
        >
          {t('player.skipSilence')}
        </Button>
        <span className={classes.grow} />
        <span>
          <Key>J</Key>
          <Key>K</Key>
          <Key>L</Key>
        </span>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('player.link')}
          onClick={() => void navigator.clipboard?.writeText(link).then(() => tell(t('player.linkCopied')))}
        >
          <IconLink size={16} />
        </ActionIcon>
        {mayDownload && (
          <ActionIcon variant="subtle" color="gray" aria-label={t('player.download')} onClick={() => download.mutate()}>
            <IconDownload size={16} />
          </ActionIcon>
        )}
      </div>
    </section>
  )
}
