export type AudioFormat = 'wav' | 'mp3' | 'oga' | 'opus' | 'flac'

const types: Record<AudioFormat, string> = { wav: 'audio/wav', mp3: 'audio/mpeg', oga: 'audio/ogg', opus: 'audio/ogg', flac: 'audio/flac' }

/** What the bytes are, whatever the vendor calls them; undefined: no audio that is played here. */
export function audioFormatOf(bytes: Uint8Array): AudioFormat | undefined {
  const text = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1')
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WAVE') return 'wav'
  if (text(0, 3) === 'ID3' || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2)) return 'mp3'
  if (text(0, 4) === 'OggS') return text(28, 36) === 'OpusHead' ? 'opus' : 'oga'
  return text(0, 4) === 'fLaC' ? 'flac' : undefined
}

export function mediaTypeOf(format: AudioFormat): string {
  return types[format]
}
