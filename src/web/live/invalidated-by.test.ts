import { expect, test } from 'vitest'
import { invalidatedBy } from './invalidated-by.ts'

const item = { cursor: '1.1', contactId: 'client-1', conversationId: null, channelId: null, subjectId: 'call-1', payload: {} }

test('a call that changes makes old its own page, the calls of its client and the lists, and no other call', () => {
  expect(invalidatedBy({ ...item, type: 'call.changed' })).toEqual([
    ['calls', 'list'],
    ['calls', 'one', 'call-1'],
    ['calls', 'of client', 'client-1'],
    ['candidates', 'call-1'],
    ['waiting'],
  ])
})

test('two calls that turn out to be one make every call old', () => {
  expect(invalidatedBy({ ...item, type: 'call.joined' })).toContainEqual(['calls'])
})
