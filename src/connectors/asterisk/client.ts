import { createHash } from 'node:crypto'
import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { ConnectorError } from '../../core/connector/errors.ts'
import { type Packet, PacketReader, readPacket, writeAction } from './packets.ts'
import type { Settings } from './settings.ts'
import { trouble } from './trouble.ts'

const connectMs = 10_000
const usualAnswerMs = 15_000

/** A connection to Asterisk's manager interface, logged in. */
export interface Ami {
  /** Resolves to the answer, whatever it says. Rejects with `temporary` when none came: `outcome_unknown` where the action may have been done. */
  ask(fields: Record<string, string | string[]>): Promise<Packet>
  /** Resolves, never rejects, when the connection is gone. */
  ended: Promise<void>
  /** Stops and goes on reading: what is not read waits at Asterisk. */
  pause(): void
  resume(): void
  close(): void
}

export interface AmiOptions {
  /** Each event, as it was written; absent: none are asked for. */
  onEvent?: (text: string, packet: Packet) => void
  /** Only the lists that answer an action come as events. */
  hearsListsOnly?: true
  signal?: AbortSignal
  /** How long an answer may take, ms; 15 s when absent. */
  answerMs?: number
}

/** Connects and logs in, by challenge where the server knows one: the secret then never goes over the wire. Throws ConnectorError. */
export async function openAmi(settings: Settings, options: AmiOptions = {}): Promise<Ami> {
  const client = new AmiClient(await reach(settings, options.signal), options)
  const stop = () => client.close()
  options.signal?.addEventListener('abort', stop)
  void client.ended.then(() => options.signal?.removeEventListener('abort', stop))
  try {
    await client.greeted
    await logIn(client, settings, options.onEvent && !options.hearsListsOnly ? 'on' : 'off')
    return client
  } catch (error) {
    client.close()
    throw error
  }
}

/** A short connection of its own for something to be done; what is asked here hears no events. */
export async function withAmi<Result>(settings: Settings, work: (ami: Ami) => Promise<Result>): Promise<Result> {
  const ami = await openAmi(settings)
  try {
    return await work(ami)
  } finally {
    ami.close()
  }
}

async function logIn(client: AmiClient, settings: Settings, events: 'on' | 'off'): Promise<void> {
  const challenge = await client.ask({ Action: 'Challenge', AuthType: 'MD5' })
  const word = challenge.get('challenge')
  const proof =
    word === undefined ? { Secret: settings.secret } : { AuthType: 'MD5', Key: createHash('md5').update(`${word}${settings.secret}`).digest('hex') }
  const answer = await client.ask({ Action: 'Login', Username: settings.username, ...proof, Events: events })
  if (answer.get('response') !== 'Success') throw trouble('refused')
}

function reach(settings: Settings, signal: AbortSignal | undefined): Promise<Socket> {
  const { host, port } = settings
  return new Promise((resolve, reject) => {
    const socket = settings.tls
      ? connectTls({ host, port, ...(settings.certificate && { ca: settings.certificate, checkServerIdentity: () => undefined }) })
      : connectPlain({ host, port })
    const fail = (cause?: unknown) => {
      socket.destroy()
      reject(trouble(isOfCertificate(cause) ? 'untrusted' : 'unreachable', cause))
    }
    const timer = setTimeout(fail, connectMs)
    signal?.addEventListener('abort', fail)
    socket.once('error', fail)
    socket.once(settings.tls ? 'secureConnect' : 'connect', () => {
      socket.off('error', fail)
      resolve(socket)
    })
    socket.once('close', () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', fail)
      fail()
    })
    socket.once(settings.tls ? 'secureConnect' : 'connect', () => clearTimeout(timer))
    if (signal?.aborted) fail()
  })
}

function isOfCertificate(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return /CERT|SELF_SIGNED|ERR_TLS|ERR_SSL/.test(code)
}

interface Waiting {
  resolve(packet: Packet): void
  reject(error: Error): void
  timer: NodeJS.Timeout
}

class AmiClient implements Ami {
  readonly ended: Promise<void>
  readonly greeted: Promise<void>
  readonly #socket: Socket
  readonly #onEvent: AmiOptions['onEvent']
  readonly #answerMs: number
  readonly #reader = new PacketReader()
  readonly #waiting = new Map<string, Waiting>()
  #greet: (error?: ConnectorError) => void = () => {}
  #isGreeted = false
  #asked = 0
  #isGone = false

  constructor(socket: Socket, { onEvent, answerMs = usualAnswerMs }: AmiOptions) {
    this.#socket = socket
    this.#onEvent = onEvent
    this.#answerMs = answerMs
    this.greeted = new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(trouble('silent')), answerMs)
      this.#greet = (error) => {
        clearTimeout(timer)
        if (error) reject(error)
        else resolve()
      }
    })
    this.ended = new Promise((resolve) => {
      socket.on('close', () => {
        this.#giveUp()
        resolve()
      })
    })
    socket.on('error', () => socket.destroy())
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#read(chunk))
  }

  ask(fields: Record<string, string | string[]>): Promise<Packet> {
    this.#asked += 1
    const id = typeof fields.ActionID === 'string' ? fields.ActionID : `hub-ask-${this.#asked}`
    const text = writeAction({ ...fields, ActionID: id })
    return new Promise((resolve, reject) => {
      if (this.#isGone) {
        reject(trouble('lost'))
        return
      }
      const timer = setTimeout(() => this.#settle(id, (one) => one.reject(trouble('silent'))), this.#answerMs)
      this.#waiting.set(id, { resolve, reject, timer })
      this.#socket.write(text)
    })
  }

  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  close(): void {
    this.#socket.destroy()
  }

  #read(chunk: Uint8Array): void {
    try {
      for (const text of this.#reader.push(chunk)) this.#take(text)
    } catch {
      this.#greet(trouble('foreign'))
      this.#socket.destroy()
    }
  }

  #take(text: string): void {
    if (!this.#isGreeted) {
      this.#isGreeted = true
      this.#greet(text.startsWith('Asterisk Call Manager/') ? undefined : trouble('foreign'))
      return
    }
    const packet = readPacket(text)
    if (packet.has('event')) this.#onEvent?.(text, packet)
    else this.#settle(packet.get('actionid') ?? '', (one) => one.resolve(packet))
  }

  #settle(id: string, by: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id)
    if (!waiting) return
    this.#waiting.delete(id)
    clearTimeout(waiting.timer)
    by(waiting)
  }

  #giveUp(): void {
    this.#isGone = true
    this.#greet(trouble('lost'))
    for (const id of [...this.#waiting.keys()]) this.#settle(id, (one) => one.reject(trouble('lost')))
  }
}
