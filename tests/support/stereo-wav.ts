/** A stereo call, 8 kHz, 16 bit: the client is heard in the first half, we in the second. */
export function stereoWav(seconds: number): Uint8Array {
  const rate = 8000
  const frames = Math.round(rate * seconds)
  const data = Buffer.alloc(frames * 4)
  for (let frame = 0; frame < frames; frame++) {
    const side = frame < frames / 2 ? 0 : 2
    data.writeInt16LE(Math.round(Math.sin(frame / 3) * 16_000), frame * 4 + side)
  }
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + data.length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(2, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * 4, 28)
  header.writeUInt16LE(4, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(data.length, 40)
  return Buffer.concat([header, data])
}
