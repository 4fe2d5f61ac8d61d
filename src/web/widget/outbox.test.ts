import { beforeEach, expect, test, vi } from 'vitest'
import type { Storage } from './kept.ts'
import { createOutbox } from './outbox.ts'
import type { Outgoing } from './outgoing.ts'
import type { Sent } from './wire.ts'

let stored: Map<string, Outgoing>
let answers: Sent[]
let sent: string[]

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  stored = new Map()
  answers = []
  sent = []
})

function memory(): Storage {
  return {
    kept: {},
    save: () => {},
    saveOutgoing: (one) => void stored.set(one.id, structuredClone(one)),
    removeOutgoing: (id) => void stored.delete(id),
    outgoing: () => [...stored.values()],
    onOtherTab: () => {},
    clear: () => {},
  }
}

const open = () =>
  createOutbox(
    memory(),
    async ({ id }) => {
      sent.push(id)
      return answers.shift() ?? 'stored'
    },
    () => {},
  )
const say = (outbox: ReturnType<typeof open>, text: string) => outbox.add({ text, payload: { type: 'message', text } })

test('says one thing after the other, the same again under the same id until it is heard', async () => {
  answers = ['again', 'again', 'stored', 'stored']
  const outbox = open()
  const [first, second] = [say(outbox, 'one'), say(outbox, 'two')]
  await vi.advanceTimersByTimeAsync(10_000)
  expect(sent).toEqual([first.id, first.id, first.id, second.id])
  expect(outbox.all().map(({ state }) => state)).toEqual(['stored', 'stored'])
})

test('what was not heard is said by the next page, and what was stored is not said again', async () => {
  answers = ['stored', 'again']
  const [first, second] = [open()].flatMap((outbox) => [say(outbox, 'one'), say(outbox, 'two')])
  await vi.advanceTimersByTimeAsync(100)
  sent = []
  const next = open()
  next.flush()
  await vi.advanceTimersByTimeAsync(100)
  expect(sent).toEqual([second?.id])
  next.settle(first?.id ?? '')
  next.settle(second?.id ?? '')
  expect(stored.size).toBe(0)
})

test('who is too quick waits a quarter of a minute; what is refused waits for a person', async () => {
  answers = ['slow', 'stored', 'too_large', 'stored']
  const outbox = open()
  const [first, second] = [say(outbox, 'one'), say(outbox, 'two')]
  await vi.advanceTimersByTimeAsync(14_000)
  expect(sent).toEqual([first.id])
  expect(outbox.all()[0]).toMatchObject({ state: 'waiting', fault: 'slow' })
  await vi.advanceTimersByTimeAsync(2_000)
  expect(outbox.all()[1]).toMatchObject({ state: 'refused', fault: 'too_large' })
  outbox.retry(second.id)
  await vi.advanceTimersByTimeAsync(100)
  expect(outbox.all()[1]?.state).toBe('stored')
})
