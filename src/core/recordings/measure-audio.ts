import { setImmediate as breathe } from 'node:timers/promises'
import decode from '@audio/decode'
import type { AudioFormat } from './audio-type.ts'

export interface MeasuredAudio {
  seconds: number
  /** Per track the loudest value of each bucket, 0 to 1, three decimals. */
  peaks: number[][]
}

const mostBuckets = 1500
/** Encoded bytes between two breaths: some 30 ms of work. */
const chunkBytes = 16 * 1024
const fineMs = 20

/**
 * Decodes a recording piece by piece, in bounded memory, and measures its length and waveform. `@audio/decode` (WAV with A-law and µ-law, MP3, Ogg, FLAC) is
 * JavaScript and WebAssembly: nothing has to be installed. Rejects for what it cannot decode.
 */
export async function measureAudio(bytes: Uint8Array, format: AudioFormat): Promise<MeasuredAudio> {
  const tracks: { fine: number[]; loudest: number; inBucket: number }[] = []
  let samples = 0
  let rate = 0
  for await (const { channelData, sampleRate } of decode(pieces(bytes), format)) {
    const [first] = channelData
    if (!first || sampleRate <= 0) continue
    rate = sampleRate
    samples += first.length
    const bucket = Math.max(1, Math.round((sampleRate * fineMs) / 1000))
    for (const [index, data] of channelData.entries()) {
      tracks[index] ??= { fine: [], loudest: 0, inBucket: 0 }
      addSamples(tracks[index], data, bucket)
    }
  }
  if (rate === 0 || samples === 0) throw new Error('There is no sound in it.')
  for (const track of tracks) if (track.inBucket > 0) track.fine.push(track.loudest)
  return { seconds: Math.round((samples / rate) * 100) / 100, peaks: tracks.map(({ fine }) => coarse(fine)) }
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    yield bytes.subarray(start, start + chunkBytes)
    await breathe()
  }
}

function addSamples(track: { fine: number[]; loudest: number; inBucket: number }, data: Float32Array, bucket: number): void {
  for (const sample of data) {
    const value = Math.abs(sample)
    if (value > track.loudest) track.loudest = value
    if (++track.inBucket < bucket) continue
    track.fine.push(track.loudest)
    track.loudest = 0
    track.inBucket = 0
  }
}

function coarse(fine: number[]): number[] {
  const per = Math.ceil(fine.length / mostBuckets)
  const buckets = Math.ceil(fine.length / per)
  return Array.from({ length: buckets }, (_, index) => {
    const loudest = Math.max(...fine.slice(index * per, (index + 1) * per))
    return Math.round(Math.min(1, loudest) * 1000) / 1000
  })
}
