import { expect, test } from 'vitest'
import { continues } from './continues.ts'
import type { EntryItem } from './entry-item.ts'

const said = (change: Partial<EntryItem> = {}) =>
  ({
    kind: 'message',
    conversationId: 'c1',
    direction: 'inbound',
    authorId: null,
    from: 'Марина',
    status: null,
    subject: null,
    automatic: null,
    editedAt: null,
    error: null,
    extra: null,
    occurredAt: '2026-11-20T11:29:00Z',
    ...change,
  }) as EntryItem

test('what is said in one breath shares a meta line', () => {
  expect(continues(said(), said({ occurredAt: '2026-11-20T11:31:00Z' }))).toBe(true)
})

test('another author, exchange, subject, fate or hour begins anew', () => {
  const others: Partial<EntryItem>[] = [
    { from: 'Андрей' },
    { conversationId: 'c2' },
    { subject: 'Re: Балкон' },
    { status: 'failed' },
    { occurredAt: '2026-11-20T12:31:00Z' },
    { editedAt: '2026-11-20T11:31:00Z' },
    { kind: 'note' },
  ]
  for (const other of others) expect(continues(said(), said(other))).toBe(false)
  expect(continues(undefined, said())).toBe(false)
})
