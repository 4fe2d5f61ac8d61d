import { Worker } from 'node:worker_threads'

export interface SanitisedLetter {
  html: string
  /** True when the letter asks for images from elsewhere. Without `images` their addresses are taken out. */
  remoteImages: boolean
}

export interface SanitiseRequest {
  id: number
  html: string
  images: boolean
}

export type SanitiseAnswer = { id: number; letter: SanitisedLetter } | { id: number; error: string }

const longestHtml = 3_000_000
const patienceMs = 20_000
const idleMs = 60_000

/**
 * Makes a stranger's HTML harmless with DOMPurify: no scripts, forms, frames or foreign styles sheets; links open outside.
 * The DOM that DOMPurify needs weighs 100 MB and 20 kB of HTML cost it 20 ms, so it lives in a thread that is started when a
 * letter is looked at and ends after a minute of rest: **letters are stored as they came and sanitised whenever they are shown**,
 * never while deliveries are applied. HTML beyond 3 million characters is cut. Rejects when a letter takes more than 20 s.
 */
export function sanitiseLetter(html: string, options: { images?: boolean } = {}): Promise<SanitisedLetter> {
  return new Promise((resolve, reject) => {
    const worker = runningThread()
    const id = worker.nextId++
    const timer = setTimeout(() => worker.fail(new Error('The letter took too long to be made safe')), patienceMs)
    worker.waiting.set(id, { resolve, reject, timer })
    worker.thread.ref()
    worker.thread.postMessage({ id, html: html.slice(0, longestHtml), images: options.images ?? false } satisfies SanitiseRequest)
  })
}

interface Waiting {
  resolve: (letter: SanitisedLetter) => void
  reject: (error: Error) => void
  timer: NodeJS.Timeout
}

interface Sanitiser {
  thread: Worker
  nextId: number
  waiting: Map<number, Waiting>
  fail: (error: Error) => void
}

let running: Sanitiser | undefined

function runningThread(): Sanitiser {
  running ??= startThread()
  return running
}

function startThread(): Sanitiser {
  const thread = new Worker(new URL('./sanitise-letter-thread.ts', import.meta.url))
  const waiting = new Map<number, Waiting>()
  let idle: NodeJS.Timeout | undefined
  const fail = (error: Error) => {
    if (running?.thread === thread) running = undefined
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer)
      reject(error)
    }
    waiting.clear()
    clearTimeout(idle)
    void thread.terminate()
  }
  thread.on('error', fail)
  thread.on('message', (answer: SanitiseAnswer) => {
    settle(waiting, answer)
    if (waiting.size > 0) return
    thread.unref()
    clearTimeout(idle)
    idle = setTimeout(() => waiting.size === 0 && fail(new Error('The thread rests')), idleMs).unref()
  })
  return { thread, nextId: 0, waiting, fail }
}

function settle(waiting: Map<number, Waiting>, answer: SanitiseAnswer): void {
  const asked = waiting.get(answer.id)
  if (!asked) return
  waiting.delete(answer.id)
  clearTimeout(asked.timer)
  if ('letter' in answer) asked.resolve(answer.letter)
  else asked.reject(new Error(answer.error))
}
