import { expect, test } from 'vitest'
import { changesOf } from './settings-schema.ts'

test('a field that was emptied is taken away, and what nobody touched is not sent', () => {
  const before = { host: 'imap.firm.ru', secret: '••••', folders: ['INBOX'], mapping: { a: 'name' } }
  const after = { secret: '••••', folders: ['INBOX', 'Sent'], mapping: { a: 'name' }, port: 993 }
  expect(changesOf(before, after)).toEqual({ host: null, folders: ['INBOX', 'Sent'], port: 993 })
  expect(changesOf(before, before)).toEqual({})
})
