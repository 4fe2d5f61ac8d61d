/** Per second; as a telephone. */
const rate = 8000
const voices = { client: 205, user: 118 } as const

/**
 * A talk that nobody had: two voices hum in turns, each on its own track, with pauses between them, so that waveform, shares of the talk and silence have
 * something to show. WAV, 16 bit.
 */
export function callSound(seconds: number, seed: number): Uint8Array {
  const frames = Math.round(rate * seconds)
  const data = Buffer.alloc(frames * 4)
  let random = seed
  const chance = () => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648
    return random / 2_147_483_648
  }
  let isUser = true
  for (let at = 0.4; at < seconds; isUser = !isUser) {
    const turn = Math.min(1.5 + chance() * 4, seconds - at)
    speak(data, { from: Math.round(at * rate), to: Math.round((at + turn) * rate), track: isUser ? 1 : 0, pitch: voices[isUser ? 'user' : 'client'] })
    at += turn + 0.2 + (chance() > 0.85 ? 2.5 : chance() * 0.6)
  }
  return Buffer.concat([header(data.length), data])
}

/** Some harmonics under an envelope of four syllables a second. */
function speak(data: Buffer, { from, to, track, pitch }: { from: number; to: number; track: 0 | 1; pitch: number }): void {
  for (let frame = from; frame < to; frame++) {
    const time = (frame - from) / rate
    const syllable = Math.max(0, Math.sin(time * Math.PI * 8)) ** 0.6 * (0.65 + 0.35 * Math.sin(time * 5.3))
    const tone = pitch * (1 + 0.06 * Math.sin(time * 7))
    const wave = [1, 2, 3, 5].reduce((sum, harmonic) => sum + Math.sin(2 * Math.PI * tone * harmonic * time) / harmonic, 0)
    const fade = Math.min(1, (to - frame) / 400)
    data.writeInt16LE(Math.round(wave * syllable * fade * 9_000), frame * 4 + track * 2)
  }
}

function header(bytes: number): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + bytes, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(2, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * 4, 28)
  head.writeUInt16LE(4, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(bytes, 40)
  return head
}
