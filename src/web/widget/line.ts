import type { FromPage, ToPage } from '../../api/contract/visitors.ts'
import type { Place } from './wire.ts'

export interface Line {
  /** Opens the line, or a new one after the visitor has changed. */
  open(): void
  say(said: FromPage): void
  close(): void
}

interface LineOptions {
  place: Place
  /** What to say first; undefined: nobody to speak for. */
  hello(): FromPage | undefined
  hear(said: ToPage): void
  /** The line stands, or broke. */
  onState(isUp: boolean): void
  /** There is no line for longer than a moment (a proxy that forbids sockets): look by yourself. */
  poll(): void
}

const firstPauseMs = 500
const longestPauseMs = 20_000
/** The hub says something every half minute. */
const silenceMs = 75_000
const pollEveryMs = 8_000

/** One WebSocket that comes back by itself, sooner when the browser says that it has a network again. */
export function createLine({ place, hello, hear, onState, poll }: LineOptions): Line {
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined
  let polling: ReturnType<typeof setInterval> | undefined
  let pauseMs = firstPauseMs
  let failures = 0
  let isWanted = false

  function connect(): void {
    clearTimeout(timer)
    const first = hello()
    if (!isWanted || !first || socket) return
    const fresh = new WebSocket(`${place.base.replace(/^http/, 'ws')}/visitors/${place.key}/socket`)
    socket = fresh
    fresh.onopen = () => fresh.send(JSON.stringify(first))
    fresh.onmessage = ({ data }) => {
      if (socket !== fresh) return
      listenOn(fresh)
      const said = JSON.parse(String(data)) as ToPage
      if (said.is === 'ready') up()
      hear(said)
    }
    fresh.onclose = () => {
      if (socket === fresh) lost()
    }
  }

  function up(): void {
    pauseMs = firstPauseMs
    failures = 0
    clearInterval(polling)
    polling = undefined
    onState(true)
  }

  function lost(): void {
    socket = undefined
    clearTimeout(silence)
    if (!isWanted) return
    onState(false)
    failures++
    if (failures >= 3) polling ??= setInterval(poll, pollEveryMs)
    // A little chance, so that not everybody comes back in the same moment.
    timer = setTimeout(connect, pauseMs * (0.7 + Math.random() * 0.6))
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }

  function listenOn(of: WebSocket): void {
    clearTimeout(silence)
    silence = setTimeout(() => {
      of.onclose = null
      of.close()
      if (socket === of) lost()
    }, silenceMs)
  }

  function close(): void {
    isWanted = false
    clearTimeout(timer)
    clearInterval(polling)
    polling = undefined
    const former = socket
    socket = undefined
    former?.close()
  }

  addEventListener('online', () => {
    pauseMs = firstPauseMs
    connect()
  })
  return {
    open() {
      close()
      isWanted = true
      pauseMs = firstPauseMs
      connect()
    },
    say(said) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(said))
    },
    close,
  }
}
