import { expect, it } from 'vitest'
import type { OutgoingMessage } from '../../core/connector/outgoing.ts'
import { render } from './outbound.ts'

function message(more: Partial<OutgoingMessage>): OutgoingMessage {
  const to = { kind: 'avito', value: '9002' }
  return { id: 'e', text: '', attachments: [], to, references: ['5001/u2i-old/m-1', '5001/u2i-abc/m-2'], replyToken: 't', automatic: false, ...more }
}

it('writes into the chat where the client wrote last, a thousand characters at a time', () => {
  const rendered = render(message({ text: 'слово '.repeat(300) }))
  if (!('parts' in rendered)) throw new Error(rendered.reason)
  expect(rendered.parts).toHaveLength(2)
  for (const { data } of rendered.parts) {
    expect(data).toMatchObject({ accountId: '5001', chatId: 'u2i-abc' })
    expect(data.text?.length).toBeLessThanOrEqual(1000)
  }
})

it('refuses in words: nobody to answer, no picture, too big, nothing to say', () => {
  const picture = { id: 'f', name: 'plan.png', type: 'image/png', size: 1000 }
  expect(render(message({ text: 'x', references: [] }))).toMatchObject({ refused: 'invalid_recipient' })
  expect(render(message({ attachments: [{ ...picture, type: 'application/pdf' }] }))).toMatchObject({ refused: 'unsupported' })
  expect(render(message({ attachments: [{ ...picture, size: 24_000_001 }] }))).toMatchObject({ refused: 'unsupported' })
  expect(render(message({ text: ' ' }))).toMatchObject({ refused: 'unsupported' })
  expect(render(message({ attachments: [picture] }))).toMatchObject({ parts: [{ attachmentIds: ['f'] }] })
})
