import { expect, test } from 'vitest'
import type { OutgoingMessage } from '../../core/connector/outgoing.ts'
import { render } from './outbound.ts'

const message: OutgoingMessage = {
  id: 'e1',
  text: 'hello',
  attachments: [],
  to: { kind: 'whatsapp', value: '79991234567' },
  references: [],
  replyToken: 't',
  automatic: false,
}
const file = (type: string, size = 10) => ({ id: `f-${type}`, name: 'a', type, size })
const hour = 60 * 60 * 1000

function parts(changes: Partial<OutgoingMessage>) {
  const rendered = render({ ...message, ...changes })
  return 'parts' in rendered ? rendered.parts.map(({ data }) => data) : rendered
}

test('the window of 24 hours shuts for free words and never for a template', () => {
  expect(parts({ sinceInboundMs: 24 * hour })).toHaveLength(1)
  expect(parts({ sinceInboundMs: 24 * hour + 1 })).toMatchObject({ refused: 'window_closed' })
  const template = { name: 'order_ready', language: 'ru', values: { 'body.1': 'Анна', 'body.2': '12 345' } }
  expect(parts({ sinceInboundMs: 30 * hour, template })).toMatchObject([{ type: 'template', template }])
  expect(parts({ template, attachments: [file('image/png')] })).toMatchObject([{ type: 'template', template: { ...template, file: 'image' } }])
  expect(parts({ template, attachments: [file('audio/ogg')] })).toMatchObject({ refused: 'unsupported' })
  expect(parts({ template, attachments: [file('image/png'), file('image/jpeg')] })).toMatchObject({ refused: 'unsupported' })
})

test('what is too long is cut and what is too large is refused before anything is sent', () => {
  const long = '😀'.repeat(5_000)
  const texts = parts({ text: long })
  expect(Array.isArray(texts) && texts.map(({ text }) => text).join('')).toBe(long)
  expect(Array.isArray(texts) && texts.every(({ text = '' }) => text.length <= 4096 && text.isWellFormed())).toBe(true)
  expect(parts({ attachments: [file('video/mp4', 100_000_001)] })).toMatchObject({ refused: 'unsupported' })
  expect(parts({ text: ' ' })).toMatchObject({ refused: 'unsupported' })
})

test('a file goes as what WhatsApp shows, else as a document; a short text under it, but under no sound', () => {
  expect(parts({ attachments: [file('image/jpeg'), file('image/webp'), file('video/mp4', 17_000_000)] })).toEqual([
    { to: '79991234567', type: 'image', text: 'hello' },
    { to: '79991234567', type: 'document' },
    { to: '79991234567', type: 'document' },
  ])
  expect(parts({ attachments: [file('audio/ogg; codecs=opus')], replyTo: 'wamid.1' })).toEqual([
    { to: '79991234567', type: 'text', text: 'hello', replyTo: 'wamid.1' },
    { to: '79991234567', type: 'audio' },
  ])
})

test('only a number or an id of WhatsApp is written to', () => {
  expect(parts({ to: { kind: 'whatsapp', value: 'RU.1502576394655843' } })).toHaveLength(1)
  expect(parts({ to: { kind: 'whatsapp', value: '../me' } })).toMatchObject({ refused: 'invalid_recipient' })
  expect(parts({ to: { kind: 'phone', value: '+79991234567' } })).toMatchObject({ refused: 'invalid_recipient' })
})
