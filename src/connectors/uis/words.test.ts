import { expect, test } from 'vitest'
import { kindOf, outcomeOfReason } from './words.ts'

test.each([
  ['ringing', 'IN_CALL_SESSION', 'ringing'],
  [undefined, 'IN_CALL_SESSION', 'incoming'],
  [undefined, 'OUT_CALL', 'outgoing'],
  [undefined, 'WAIT_FOR_ANSWER', 'ringing'],
  [undefined, 'CALL_CONNECTED', 'answered'],
  [undefined, 'TALK_START', 'answered'],
  [undefined, 'TALK_FINISHED', 'talk_ended'],
  [undefined, 'CALL_SESSION_FINISHED', 'finished'],
  [undefined, 'LOST_CALL_SESSION', 'lost'],
  [undefined, 'CALL_RECORDED', 'recorded'],
  [undefined, 'CHAT_MESSAGE_SEND', undefined],
  [undefined, 'SOMETHING_NEW', undefined],
  [undefined, undefined, undefined],
])('the word %s with the mnemonic %s is %s', (event, mnemonic, kind) => {
  expect(kindOf(event, mnemonic)).toBe(kind)
})

test('a call that nobody took is missed, unless the reason says more', () => {
  expect(['no_answer', 'operator_busy', 'numb_not_exists', undefined].map(outcomeOfReason)).toEqual(['missed', 'busy', 'failed', 'missed'])
})
