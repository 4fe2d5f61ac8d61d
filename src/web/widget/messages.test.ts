import { expect, test } from 'vitest'
import type { VisitorMessage } from '../../api/contract/visitors.ts'
import { createMessages } from './messages.ts'
import type { Outgoing } from './outgoing.ts'

const at = (second: number) => new Date(1_795_000_000_000 + second * 1000).toISOString()
const theirs = (id: string, second: number, changes: Partial<VisitorMessage> = {}): VisitorMessage => ({
  id,
  ownId: null,
  isOwn: false,
  text: id,
  at: at(second),
  author: 'Olga',
  isRead: false,
  files: [],
  ...changes,
})
const ours = (ownId: string, second: number) => theirs(`entry of ${ownId}`, second, { ownId, isOwn: true, text: ownId, author: null })
const outgoing = (id: string, state: Outgoing['state'] = 'waiting'): Outgoing => ({ id, text: id, payload: {}, state, at: 0 })
const keys = (messages: ReturnType<typeof createMessages>) => messages.list().map(({ key }) => key)

test('the same message from the socket, the history and the outbox is one', () => {
  const messages = createMessages()
  messages.putOutgoing([outgoing('mine')])
  messages.append([theirs('a', 2)])
  messages.append([theirs('a', 2)])
  messages.merge([ours('mine', 1), theirs('a', 2)])
  messages.putOutgoing([outgoing('mine', 'stored')])
  expect(keys(messages)).toEqual(['mine', 'a'])
})

test('an answer stands behind what it answers, whatever the clock of this browser says', () => {
  const messages = createMessages()
  messages.merge([theirs('old', 0)])
  messages.putOutgoing([{ ...outgoing('mine'), at: Date.parse(at(5_000)) }])
  messages.append([theirs('answer', 3)])
  expect(keys(messages)).toEqual(['old', 'mine', 'answer'])
})

test('older pages go above', () => {
  const messages = createMessages()
  messages.merge([theirs('c', 3), theirs('b', 2)])
  messages.merge([theirs('a', 1)])
  expect(keys(messages)).toEqual(['a', 'b', 'c'])
})

test('what was answered, or seen, is read; what came after is not', () => {
  const messages = createMessages()
  messages.merge([ours('one', 1), theirs('a', 2), ours('two', 3)])
  expect(messages.list().map(({ state }) => state)).toEqual(['seen', 'stored', 'stored'])
  messages.seeAll()
  expect(messages.list().map(({ state }) => state)).toEqual(['seen', 'stored', 'seen'])
  messages.merge([theirs('a', 2, { isRead: true })])
  expect(messages.list()[1]?.state).toBe('seen')
})
