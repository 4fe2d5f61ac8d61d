import type { RawDelivery } from '../../core/connector/delivery.ts'
import type { Hub } from '../../core/connector/hub.ts'
import type { CallWatch } from './call-watch.ts'
import type { Ami } from './client.ts'
import { type Notes, notesHeader } from './notes.ts'
import type { Packet } from './packets.ts'
import { pause } from './pause.ts'
import { callsState } from './session-state.ts'

const mostPackets = 500
/** So many packets wait here; the rest waits at Asterisk. */
const fullAt = 5000
const longestRetryMs = 30_000

/** Hands packets to the hub in the order they came, one delivery after the other: what comes while one is stored makes the next. */
export class Handover {
  readonly #hub: Hub
  readonly #watch: CallWatch
  readonly #signal: AbortSignal
  #ami: Ami | undefined
  #waiting: string[] = []
  #readAt = ''
  #order = 0
  #working: Promise<void> | undefined
  #isWanted = false

  constructor(hub: Hub, watch: CallWatch, signal: AbortSignal) {
    this.#hub = hub
    this.#watch = watch
    this.#signal = signal
  }

  /** The connection that is slowed down when storing is slower than Asterisk. */
  follow(ami: Ami | undefined): void {
    this.#ami = ami
  }

  add(text: string, packet: Packet): void {
    const at = this.#hub.clock.now().toISOString()
    if (this.#waiting.length === 0) this.#readAt = at
    this.#waiting.push(text)
    this.#watch.take(packet, { at, order: this.#order + this.#waiting.length })
    if (this.#waiting.length >= fullAt) this.#ami?.pause()
    this.wake()
  }

  /** A packet that is not handed over and yet tells how a call will end. */
  look(packet: Packet): void {
    this.#watch.take(packet, { at: this.#hub.clock.now().toISOString(), order: this.#order })
  }

  /** What one read of the socket brought goes together. */
  wake(): void {
    this.#isWanted = true
    this.#working ??= Promise.resolve()
      .then(() => this.#work())
      .finally(() => {
        this.#working = undefined
      })
  }

  /** What was taken over is stored, as far as that is possible at once. */
  async close(): Promise<void> {
    await this.#working
  }

  async #work(): Promise<void> {
    while (this.#isWanted) {
      this.#isWanted = false
      const notes = this.#watch.takeNotes()
      const texts = this.#waiting.splice(0, mostPackets)
      if (texts.length === 0 && notes.linked.length === 0 && notes.over.length === 0) continue
      this.#isWanted = true
      const now = this.#hub.clock.now().toISOString()
      if (!(await this.#store(texts, { at: this.#readAt || now, order: this.#order, ...notes }, now))) return
      this.#order += texts.length
      this.#readAt = this.#hub.clock.now().toISOString()
      if (this.#waiting.length < fullAt / 2) this.#ami?.resume()
    }
  }

  /** Tries until it is stored, or the session is closed: then the CDR has to tell of this and of the rest. */
  async #store(texts: string[], notes: Notes, now: string): Promise<boolean> {
    const body = Buffer.from(texts.map((text) => `${text}\r\n\r\n`).join(''))
    const raw: RawDelivery = { method: 'AMI', path: '', query: '', headers: { [notesHeader]: JSON.stringify(notes) }, body }
    const cursor = { name: callsState, value: this.#watch.save(now) }
    for (let tries = 0; ; tries += 1) {
      try {
        await this.#hub.deliver(raw, { cursor })
        return true
      } catch (error) {
        this.#hub.logger.warn({ error: String(error), packets: texts.length }, 'events of Asterisk could not be stored; they will be again')
        if (this.#signal.aborted) return false
        await pause(Math.min(500 * 2 ** tries, longestRetryMs), this.#signal)
      }
    }
  }
}
