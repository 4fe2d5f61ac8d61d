import { expect, test } from 'vitest'
import type { ChannelItem } from '../../api/names.ts'
import type { ContactView, ConversationView } from './conversation-view.ts'
import { waysOf } from './ways.ts'

const channel = (id: string, connector: string, medium: string, pausedAt: string | null = null) =>
  ({ id, connector, name: `channel ${id}`, media: [medium], pausedAt }) as ChannelItem
const conversation = (id: string, channelId: string, medium: string) => ({ id, channelId, medium, ourAddress: null }) as ConversationView
const contact = (...kinds: string[]) => ({ identities: kinds.map((kind) => ({ kind })) }) as ContactView
const reaches = (connector: string) => (connector === 'email' ? ['email'] : connector === 'telegram' ? ['telegram'] : [])

test('answers go where the client wrote last, and a form is no way back', () => {
  const ways = waysOf({
    contact: contact('phone', 'telegram'),
    conversations: [conversation('c1', 'f', 'form'), conversation('c2', 't', 'chat'), conversation('c3', 't', 'chat')],
    channels: [channel('f', 'form', 'form'), channel('t', 'telegram', 'chat')],
    reaches,
  })
  expect(ways.map(({ conversationId, isHis }) => [conversationId, isHis])).toEqual([['c2', true]])
})

test('who came by a form can be written to by every channel that reaches one of his addresses', () => {
  const channels = [
    channel('f', 'form', 'form'),
    channel('m', 'email', 'email'),
    channel('t', 'telegram', 'chat'),
    channel('p', 'email', 'email', '2026-11-20'),
  ]
  const ways = waysOf({ contact: contact('phone', 'email'), conversations: [conversation('c1', 'f', 'form')], channels, reaches })
  expect(ways.map(({ channelId, conversationId }) => [channelId, conversationId])).toEqual([['m', undefined]])
})
