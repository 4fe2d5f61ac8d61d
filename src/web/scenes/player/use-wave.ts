import i18next from 'i18next'
import { type RefObject, useEffect, useRef, useState } from 'react'
import WaveSurfer from 'wavesurfer.js'
import { tell } from '../../components/tell.ts'
import { silences } from './silence.ts'

export interface Wave {
  isPlaying: boolean
  /** Where it plays, in seconds. */
  at: number
  toggle(): void
  seek(seconds: number): void
  setSpeed(speed: number): void
}

interface Sound {
  url: string
  seconds: number
  sides: readonly string[]
  peaks: number[][]
}

const laneHeight = 44
const colours: Record<string, string> = { client: '--client', user: '--accent' }

/** Draws both sides of a recording and plays it; the sound itself is not asked for before somebody wants to hear it. */
export function useWave(container: RefObject<HTMLElement | null>, sound: Sound, options: { skipsSilence: boolean; startAt: number }): Wave {
  const wave = useRef<WaveSurfer>(undefined)
  const audio = useRef<HTMLAudioElement>(undefined)
  const skips = useRef(options.skipsSilence)
  skips.current = options.skipsSilence
  const start = useRef(options.startAt)
  const [isPlaying, setPlaying] = useState(false)
  const [at, setAt] = useState(options.startAt)
  useEffect(() => {
    if (!container.current) return
    const media = new Audio()
    media.preload = 'none'
    const pauses = silences(sound.peaks, sound.seconds)
    const made = WaveSurfer.create({
      container: container.current,
      media,
      url: sound.url,
      peaks: sound.peaks.length > 0 ? sound.peaks : [[0]],
      duration: sound.seconds,
      cursorColor: colour('--ink'),
      cursorWidth: 2,
      barWidth: 2,
      barGap: 1,
      barMinHeight: 1,
      normalize: false,
      dragToSeek: true,
      splitChannels: sound.peaks.map((_, index) => {
        const own = colour(colours[sound.sides[index] ?? ''] ?? '--ink-3')
        return { height: laneHeight, waveColor: `color-mix(in srgb, ${own} 45%, ${colour('--surface')})`, progressColor: own }
      }),
    })
    wave.current = made
    audio.current = media
    made.on('ready', () => start.current > 0 && made.setTime(start.current))
    made.on('play', () => setPlaying(true))
    made.on('pause', () => setPlaying(false))
    made.on('seeking', setAt)
    made.on('timeupdate', (time) => {
      setAt(time)
      const pause = skips.current && made.isPlaying() ? pauses.find(({ from, to }) => time >= from && time < to) : undefined
      if (pause) made.setTime(pause.to)
    })
    return () => {
      made.destroy()
      media.removeAttribute('src')
    }
  }, [container, sound])
  return {
    isPlaying,
    at,
    toggle: () => void wave.current?.playPause().catch(() => tell(i18next.t('player.failed'))),
    seek(seconds) {
      if (!wave.current || !audio.current) return
      const to = Math.min(Math.max(0, seconds), sound.seconds || wave.current.getDuration())
      // Once there is sound, straight to it: a jump while another one lasts would be put off, and forgotten when that one begins.
      if (audio.current.readyState === HTMLMediaElement.HAVE_NOTHING) wave.current.setTime(to)
      else {
        audio.current.currentTime = to
        setAt(to)
      }
    },
    setSpeed: (speed) => wave.current?.setPlaybackRate(speed, true),
  }
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}
