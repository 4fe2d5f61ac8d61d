import { expect, test } from 'vitest'
import { audioFormatOf } from './audio-type.ts'
import { measureAudio } from './measure-audio.ts'

/** Two seconds of 8 kHz: the client speaks in the first, we in the second. */
function stereoWav(encoding: 'pcm' | 'a-law'): Uint8Array {
  const rate = 8000
  const frames = rate * 2
  const bytesPer = encoding === 'pcm' ? 2 : 1
  const data = Buffer.alloc(frames * 2 * bytesPer, encoding === 'pcm' ? 0 : 0xd5)
  for (let frame = 0; frame < frames; frame++) {
    const loud = Math.round(Math.sin(frame / 3) * 16_000)
    const at = (frame * 2 + (frame < rate ? 0 : 1)) * bytesPer
    if (encoding === 'pcm') data.writeInt16LE(loud, at)
    else data[at] = loud > 0 ? 0xb5 : 0x35
  }
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + data.length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(encoding === 'pcm' ? 1 : 6, 20)
  header.writeUInt16LE(2, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * 2 * bytesPer, 28)
  header.writeUInt16LE(2 * bytesPer, 32)
  header.writeUInt16LE(8 * bytesPer, 34)
  header.write('data', 36)
  header.writeUInt32LE(data.length, 40)
  return Buffer.concat([header, data])
}

test.each(['pcm', 'a-law'] as const)('each side of a stereo call is measured by itself (%s)', async (encoding) => {
  const wav = stereoWav(encoding)
  expect(audioFormatOf(wav)).toBe('wav')
  const { seconds, peaks } = await measureAudio(wav, 'wav')
  expect(seconds).toBeCloseTo(2, 1)
  expect(peaks).toHaveLength(2)
  const [client = [], ours = []] = peaks
  expect(client.length).toBe(100)
  expect(Math.min(...client.slice(2, 48))).toBeGreaterThan(0.1)
  expect(Math.max(...client.slice(52))).toBeLessThan(0.05)
  expect(Math.max(...ours.slice(0, 48))).toBeLessThan(0.05)
  expect(Math.min(...ours.slice(52, 98))).toBeGreaterThan(0.1)
})

test('what is no audio is known by its bytes, whatever it is called', () => {
  expect(audioFormatOf(Buffer.from('<html><body>not found</body></html>'))).toBeUndefined()
  expect(audioFormatOf(new Uint8Array())).toBeUndefined()
})

test('a broken file is refused, not played wrong', async () => {
  await expect(measureAudio(Buffer.from('RIFF\u0000\u0000\u0000\u0000WAVE'), 'wav')).rejects.toThrow(/no sound in it/)
})
