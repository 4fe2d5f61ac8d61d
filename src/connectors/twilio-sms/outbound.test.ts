import { expect, test } from 'vitest'
import type { OutgoingMessage } from '../../core/connector/outgoing.ts'
import { render } from './outbound.ts'
import { settings as schema } from './settings.ts'

const settings = schema.parse({ accountSid: 'AC1', authToken: 't', from: '+15551230002', whatsappFrom: '+15551230003' })
const message = (more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  id: '1',
  text: 'hi',
  attachments: [],
  to: { kind: 'phone', value: '+79990001122' },
  references: [],
  replyToken: 't',
  automatic: false,
  ...more,
})

test('a long text goes as several messages that together are the text', () => {
  const text = 'Слово за слово. '.repeat(300).trim()
  const rendered = render(message({ text }), settings)
  const pieces = 'parts' in rendered ? rendered.parts.map((part) => part.data.text ?? '') : []
  expect(pieces.length).toBe(3)
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(1600)
  expect(pieces.join('')).toBe(text)
})

test('who last wrote by WhatsApp is answered there', () => {
  const to = (more: Partial<OutgoingMessage>) => render(message(more), settings)
  expect(to({ references: ['SM1', 'whatsapp:SM2'] })).toMatchObject({ parts: [{ data: { to: 'whatsapp:+79990001122' } }] })
  expect(to({ references: ['whatsapp:SM2', 'SM1'] })).toMatchObject({ parts: [{ data: { to: '+79990001122' } }] })
  expect(to({ to: { kind: 'whatsapp', value: '79990001122' } })).toMatchObject({ parts: [{ data: { to: 'whatsapp:+79990001122' } }] })
})

test('a day after the client last wrote, WhatsApp lets a template through and SMS everything', () => {
  const late = { sinceInboundMs: 24 * 3_600_000 + 1 }
  const whatsapp = { to: { kind: 'whatsapp', value: '79990001122' } }
  expect(render(message({ ...late, ...whatsapp }), settings)).toMatchObject({ refused: 'window_closed' })
  expect(render(message({ ...whatsapp, sinceInboundMs: 24 * 3_600_000 }), settings)).toHaveProperty('parts')
  expect(render(message({ ...late, ...whatsapp, template: { name: 'n', language: 'ru', values: {} } }), settings)).toHaveProperty('parts')
  expect(render(message(late), settings)).toHaveProperty('parts')
})

test('each file is a message of its own, the text with the first', () => {
  const file = (id: string) => ({ id, name: 'a.png', type: 'image/png', size: 1 })
  expect(render(message({ attachments: [file('1'), file('2')] }), settings)).toEqual({
    parts: [
      { data: { to: '+79990001122', text: 'hi' }, attachmentIds: ['1'] },
      { data: { to: '+79990001122' }, attachmentIds: ['2'] },
    ],
  })
})

test('what cannot go says why', () => {
  const file = { id: '1', name: 'a.png', type: 'image/png', size: 1 }
  expect(render(message({ attachments: [{ ...file, size: 5_000_001 }] }), settings)).toMatchObject({ refused: 'unsupported' })
  expect(render(message({ to: { kind: 'email', value: 'a@b.ru' } }), settings)).toMatchObject({ refused: 'invalid_recipient' })
  expect(render(message({ text: ' ' }), settings)).toMatchObject({ refused: 'unsupported' })
  const { whatsappFrom: _, ...without } = settings
  expect(render(message({ to: { kind: 'whatsapp', value: '79990001122' } }), without)).toMatchObject({ refused: 'unsupported' })
})
