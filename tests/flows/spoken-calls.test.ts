import { describe, expect, test } from 'vitest'
import { audioFormatOf } from '../../src/core/recordings/audio-type.ts'
import { measureAudio } from '../../src/core/recordings/measure-audio.ts'
import { shares, silences } from '../../src/web/scenes/player/silence.ts'
import { hasSpeech, soundFormats, spokenCall } from '../support/real-speech.ts'

describe.skipIf(!hasSpeech())('a call as it was spoken, each side on its track', () => {
  const formats = Object.keys(soundFormats) as (keyof typeof soundFormats)[]

  test.each(formats)('%s: length, who speaks when, and the pause between them', async (name) => {
    const talk = await spokenCall(name)
    const format = audioFormatOf(talk.bytes)
    if (!format) throw new Error('it is no audio')
    const { seconds, peaks } = await measureAudio(talk.bytes, format)
    expect(Math.abs(seconds - talk.seconds)).toBeLessThan(0.2)
    expect(peaks).toHaveLength(2)
    const [client = [], user = []] = peaks
    const loudestIn = (side: number[], [from, to]: [number, number]) => {
      const each = seconds / side.length
      return Math.max(...side.filter((_, index) => index * each >= from + 0.2 && index * each <= to - 0.2))
    }
    expect(loudestIn(client, talk.client)).toBeGreaterThan(0.2)
    expect(loudestIn(client, talk.user)).toBeLessThan(0.05)
    expect(loudestIn(user, talk.user)).toBeGreaterThan(0.2)
    expect(loudestIn(user, talk.client)).toBeLessThan(0.05)
    for (const share of shares(peaks)) expect(share).toBeGreaterThan(0.2)
    expect(silences(peaks, seconds), 'speech has no long silence in it').toEqual([])
  })
})
