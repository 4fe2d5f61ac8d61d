import { expect, it } from 'vitest'
import { readyText } from './say-ready.ts'

it('says where the hub is, and frames the link of the first time', () => {
  expect(readyText('http://hub', undefined)).toBe('Switchboard is ready: http://hub\n')
  const lines = readyText('http://hub', 'http://hub/setup?token=abc').split('\n')
  expect(lines.slice(0, 5)).toEqual([
    'Switchboard is ready: http://hub',
    '',
    '─'.repeat(44),
    ' Set it up once: http://hub/setup?token=abc',
    '─'.repeat(44),
  ])
})
