import { expect, test } from 'vitest'
import type { OutgoingMessage } from '../../../../core/connector/outgoing.ts'
import { splitText } from '../../../../core/connector/split-text.ts'
import { windowOf } from './window.ts'

const message: OutgoingMessage = {
  id: 'e',
  text: 'hi',
  attachments: [],
  to: { kind: 'x', value: '1' },
  references: [],
  replyToken: 't',
  automatic: false,
}
const day = 24 * 60 * 60 * 1000

test('a day for everybody, a week for people with Human Agent, and nothing later', () => {
  const at = (sinceInboundMs: number, humanAgent: boolean, automatic = false) => windowOf({ ...message, sinceInboundMs, automatic }, { humanAgent })
  expect([at(day, false), at(day + 1, false), at(day + 1, true), at(7 * day + 1, true), at(2 * day, true, true)]).toEqual([
    'open',
    undefined,
    'late',
    undefined,
    undefined,
  ])
  expect(windowOf(message, { humanAgent: false })).toBe('open')
})

test('pieces of a text fit by its bytes, halve no letter and give it again', () => {
  for (const text of ['я'.repeat(1_501), '😀'.repeat(700), `${'слово '.repeat(300)}конец`, 'a'.repeat(1_000)]) {
    const pieces = splitText(text, 1_000, (piece) => Buffer.byteLength(piece))
    expect(pieces.join('')).toBe(text)
    for (const piece of pieces) expect(piece.isWellFormed() && Buffer.byteLength(piece) <= 1_000).toBe(true)
  }
})
