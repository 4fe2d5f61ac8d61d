import { expect, it } from 'vitest'
import type { OutgoingAttachment, OutgoingMessage } from '../../core/connector/outgoing.ts'
import { render } from './outbound.ts'
import { randomId } from './send.ts'

function message(more: Partial<OutgoingMessage>): OutgoingMessage {
  return { id: 'e', text: '', attachments: [], to: { kind: 'vk', value: '777' }, references: [], replyToken: 't', automatic: false, ...more }
}

function file(type: string, size = 1000): OutgoingAttachment {
  return { id: `id-${type}`, name: 'name', type, size }
}

it('cuts what is too long, and answers a message of this conversation only', () => {
  const long = render(message({ text: '🙂'.repeat(25_000), replyTo: '777:12' }))
  if (!('parts' in long)) throw new Error(long.reason)
  expect(long.parts.map(({ data }) => data.text).join('')).toBe('🙂'.repeat(25_000))
  for (const { data } of long.parts) expect(data.text?.length).toBeLessThanOrEqual(4096)
  expect(long.parts.map(({ data }) => data.replyTo !== undefined)).toEqual([true, ...Array.from({ length: long.parts.length - 1 }, () => false)])
  expect(JSON.stringify(render(message({ text: 'x', replyTo: '778:12' })))).not.toContain('replyTo')
})

it.each([
  ['image/png', 1000, 'photo'],
  ['image/png', 50_000_001, 'doc'],
  ['image/svg+xml', 1000, 'doc'],
  ['audio/ogg; codecs=opus', 1000, 'audio_message'],
  ['application/pdf', 1000, 'doc'],
])('sends %s of %i bytes as %s', (type, size, kind) => {
  expect(render(message({ attachments: [file(type, size)] }))).toMatchObject({ parts: [{ data: { file: kind } }] })
})

it('refuses in words what cannot go', () => {
  expect(render(message({ text: 'x', to: { kind: 'phone', value: '+79991234567' } }))).toMatchObject({ refused: 'invalid_recipient' })
  expect(render(message({ attachments: [file('video/mp4', 200_000_001)] }))).toMatchObject({ refused: 'unsupported' })
  expect(render(message({ text: ' \n' }))).toMatchObject({ refused: 'unsupported' })
})

it('names every attempt at a part alike, and never by 0, which would let it come twice', () => {
  expect(randomId('k')).toBe(randomId('k'))
  expect(randomId('k')).not.toBe(randomId('l'))
  expect(Math.abs(randomId('k'))).toBeLessThan(2 ** 31)
})
