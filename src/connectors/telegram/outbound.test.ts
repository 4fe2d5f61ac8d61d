import { expect, it } from 'vitest'
import { fc } from '../../../tests/support/dice.ts'
import type { OutgoingAttachment, OutgoingMessage } from '../../core/connector/outgoing.ts'
import { splitText } from '../../core/connector/split-text.ts'
import { render } from './outbound.ts'

function message(more: Partial<OutgoingMessage>): OutgoingMessage {
  const to = { kind: 'telegram', value: '5551' }
  return { id: 'e', text: '', attachments: [], to, references: [], replyToken: 't', automatic: false, ...more }
}

function file(type: string, size = 1000): OutgoingAttachment {
  return { id: `id-${type}`, name: 'name', type, size }
}

it('makes one call of a text, as an answer to the message of this chat', () => {
  const data = { method: 'sendMessage', chatId: '5551', text: 'Да' }
  expect(render(message({ text: 'Да' }))).toEqual({ parts: [{ data, attachmentIds: [] }] })
  expect(render(message({ text: 'Да', replyTo: '5551:42' }))).toEqual({ parts: [{ data: { ...data, replyToMessageId: 42 }, attachmentIds: [] }] })
  expect(render(message({ text: 'Да', replyTo: '777:42' }))).toEqual({ parts: [{ data, attachmentIds: [] }] })
})

it('answers through the business account when the client wrote there last', () => {
  const rendered = render(message({ text: 'hi', references: ['5551:1', 'button:9', 'bc_1:5551:7'] }))
  expect(rendered).toMatchObject({ parts: [{ data: { businessConnectionId: 'bc_1' } }] })
  expect(JSON.stringify(render(message({ text: 'hi', references: ['bc_1:5551:7', '5551:1'] })))).not.toContain('bc_1')
})

it('puts a short text under the first file and a long one before it', () => {
  const files = [file('image/jpeg'), file('application/pdf')]
  expect(render(message({ text: 'look', attachments: files }))).toMatchObject({
    parts: [
      { data: { method: 'sendPhoto', text: 'look' }, attachmentIds: ['id-image/jpeg'] },
      { data: { method: 'sendDocument' }, attachmentIds: ['id-application/pdf'] },
    ],
  })
  const rendered = render(message({ text: 'x'.repeat(1025), attachments: files }))
  expect('parts' in rendered && rendered.parts.map(({ data }) => data.method)).toEqual(['sendMessage', 'sendPhoto', 'sendDocument'])
})

it.each([
  ['image/png', 1000, 'sendPhoto'],
  ['image/png', 10_000_001, 'sendDocument'],
  ['image/gif', 1000, 'sendAnimation'],
  ['image/svg+xml', 1000, 'sendDocument'],
  ['audio/ogg; codecs=opus', 1000, 'sendVoice'],
  ['audio/mpeg', 1000, 'sendAudio'],
  ['video/mp4', 1000, 'sendVideo'],
  ['video/quicktime', 1000, 'sendDocument'],
])('sends %s of %i bytes by %s', (type, size, method) => {
  expect(render(message({ attachments: [file(type, size)] }))).toMatchObject({ parts: [{ data: { method } }] })
})

it('refuses in words what cannot go: no account, too big, nothing to say', () => {
  expect(render(message({ text: 'x', to: { kind: 'phone', value: '+79991234567' } }))).toMatchObject({ refused: 'invalid_recipient' })
  expect(render(message({ attachments: [file('video/mp4', 50_000_001)] }))).toMatchObject({ refused: 'unsupported' })
  expect(render(message({ text: ' \n ' }))).toMatchObject({ refused: 'unsupported' })
})

it('loses no character of a long text and keeps every piece within the limit', () => {
  const long = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('слово ', '\n\n', '\n', '👍🏽', 'x'.repeat(30))), { maxLength: 40 })
  fc.assert(
    fc.property(long, fc.integer({ min: 10, max: 60 }), (words, limit) => {
      const text = words.join('')
      const pieces = splitText(text, limit)
      expect(pieces.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
      for (const piece of pieces) {
        expect(piece.length).toBeLessThanOrEqual(limit)
        expect(piece.trim()).not.toBe('')
        expect(piece.isWellFormed()).toBe(text.isWellFormed())
      }
    }),
  )
})

it('cuts between paragraphs rather than within words', () => {
  expect(splitText(`${'a'.repeat(30)}\n\n${'b '.repeat(20)}`, 40)).toEqual([`${'a'.repeat(30)}\n\n`, 'b '.repeat(20)])
})
