import { expect, test } from 'vitest'
import type { OutgoingMessage } from '../../core/connector/outgoing.ts'
import { render } from './outbound.ts'
import { settings as schema } from './settings.ts'

const settings = schema.parse({ token: 't' })
const message = (more: Partial<OutgoingMessage>): OutgoingMessage => ({
  id: 'e',
  text: '',
  attachments: [],
  to: { kind: 'viber', value: 'abc=' },
  references: [],
  replyToken: 't',
  automatic: false,
  ...more,
})
const file = (type: string, size = 10) => ({ id: `${type} ${size}`, name: 'a', type, size })

test('the text goes first, each file is what Viber shows it as, or a file', () => {
  const attachments = [file('image/jpeg'), file('image/jpeg', 1_000_001), file('image/webp'), file('video/mp4'), file('video/mp4', 26_000_001)]
  const rendered = render(message({ text: 'hi', attachments }), settings)
  expect('parts' in rendered && rendered.parts.map(({ data }) => data.file ?? data.text)).toEqual(['hi', 'picture', 'file', 'file', 'video', 'file'])
  expect('parts' in rendered && rendered.parts.map(({ attachmentIds }) => attachmentIds.length)).toEqual([0, 1, 1, 1, 1, 1])
})

test('the phone is asked for under the last message alone', () => {
  const rendered = render(message({ text: 'x'.repeat(7_001), attachments: [file('image/png')] }), { ...settings, askPhone: true })
  expect('parts' in rendered && rendered.parts.map(({ data }) => data.asksPhone ?? false)).toEqual([false, false, true])
})

test('what cannot go says why, in both languages', () => {
  const words = { en: expect.any(String) as string, ru: expect.stringMatching(/[а-я]/) as string }
  expect(render(message({ attachments: [file('a/b', 50_000_001)] }), settings)).toMatchObject({ refused: 'unsupported', words })
  expect(render(message({ text: ' ' }), settings)).toMatchObject({ refused: 'unsupported', words })
  expect(render(message({ text: 'x', to: { kind: 'phone', value: '+7' } }), settings)).toMatchObject({ refused: 'invalid_recipient', words })
})
