import { expect, test } from 'vitest'
import type { OutgoingMessage } from '../../core/connector/outgoing.ts'
import { render } from './outbound.ts'
import { settings as schema } from './settings.ts'

const settings = schema.parse({ appSecret: 's', verifyToken: 'v', accessToken: 'a', accountId: '1' })
const message = (more: Partial<OutgoingMessage>): OutgoingMessage => ({
  id: 'e',
  text: '',
  attachments: [],
  to: { kind: 'instagram', value: '55' },
  references: [],
  replyToken: 't',
  automatic: false,
  ...more,
})
const file = (type: string, size = 10) => ({ id: type, name: 'a', type, size })

test('texts are cut by bytes, and each file is a message of its own', () => {
  const rendered = render(message({ text: 'я'.repeat(600), attachments: [file('image/png'), file('audio/mpeg'), file('application/pdf')] }), settings)
  expect('parts' in rendered && rendered.parts.map(({ data }) => data.file ?? Buffer.byteLength(data.text ?? ''))).toEqual([
    1000,
    200,
    'image',
    'audio',
    'file',
  ])
})

test('what Instagram would not take says why before it is sent, in both languages', () => {
  const words = { en: expect.any(String) as string, ru: expect.stringMatching(/[а-я]/) as string }
  const refused = (more: Partial<OutgoingMessage>) => render(message({ text: 'x', ...more }), settings)
  expect(refused({ attachments: [file('image/png', 8_000_001)] })).toMatchObject({ refused: 'unsupported', words })
  expect(refused({ attachments: [file('application/zip')] })).toMatchObject({ refused: 'unsupported', words })
  expect(refused({ sinceInboundMs: 24 * 3_600_000 + 1 })).toMatchObject({ refused: 'window_closed', words })
})
