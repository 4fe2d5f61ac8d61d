import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** True when espeak-ng and sox are installed. With `CI` set missing ones are an error, so that nothing is skipped unseen. */
export function hasSpeech(): boolean {
  if (['espeak-ng', 'sox'].every((program) => existsSync(join('/usr/bin', program)))) return true
  if (process.env.CI) throw new Error('Speech is missing: install espeak-ng, sox and libsox-fmt-mp3.')
  return false
}

export interface Talk {
  bytes: Uint8Array
  seconds: number
  /** When each side speaks, in seconds. */
  client: [from: number, to: number]
  user: [from: number, to: number]
}

/** How telephones and PBXs keep sound: what sox makes of it. */
export const soundFormats = {
  'WAV, 16 bit': ['call.wav', '-e', 'signed-integer', '-b', '16'],
  'WAV, A-law': ['call.wav', '-e', 'a-law'],
  'WAV, µ-law': ['call.wav', '-e', 'u-law'],
  MP3: ['call.mp3', '-C', '64'],
  'Ogg Vorbis': ['call.ogg'],
  FLAC: ['call.flac'],
} as const

/**
 * A spoken call in Russian, 8 kHz (16 kHz for MP3, whose decoders know no less in stereo), each side on its own track: the client asks, half a second later the user answers.
 */
export async function spokenCall(format: keyof typeof soundFormats): Promise<Talk> {
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-speech-'))
  const at = (name: string) => join(folder, name)
  const rate = format === 'MP3' ? '16000' : '8000'
  try {
    await say(at('client.wav'), 'Здравствуйте! Сколько стоит остеклить балкон, шесть метров?', '205', rate)
    await say(at('user.wav'), 'Добрый день! Двести четырнадцать тысяч вместе с монтажом.', '120', rate)
    const [asked, answered] = [await secondsOf(at('client.wav')), await secondsOf(at('user.wav'))]
    const turn = asked + 0.5
    await run('sox', [at('client.wav'), at('left.wav'), 'pad', '0', String(answered + 0.5)])
    await run('sox', [at('user.wav'), at('right.wav'), 'pad', String(turn), '0'])
    const [name, ...options] = soundFormats[format]
    await run('sox', ['-M', at('left.wav'), at('right.wav'), ...options, at(name)])
    return { bytes: new Uint8Array(await readFile(at(name))), seconds: turn + answered, client: [0, asked], user: [turn, turn + answered] }
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function say(file: string, text: string, pitch: string, rate: string): Promise<void> {
  await run('espeak-ng', ['-v', 'ru', '-s', '150', '-p', String(Math.round(Number(pitch) / 3)), '-w', `${file}.full.wav`, text])
  await run('sox', [`${file}.full.wav`, '-r', rate, '-c', '1', file])
}

async function secondsOf(file: string): Promise<number> {
  const { stdout } = await run('sox', ['--i', '-D', file])
  return Number(stdout)
}
