import { expect, test } from 'vitest'
import { splitQuote } from './split-quote.ts'

test('folds from where the quote begins, and keeps all of it', () => {
  expect(splitQuote('Да, подходит\n\n> Подходит?', { quoteStart: '14' })).toEqual({ own: 'Да, подходит', quote: '> Подходит?' })
})

test('shows everything when nothing or nonsense says where', () => {
  for (const extra of [null, {}, { quoteStart: 'x' }, { quoteStart: '0' }, { quoteStart: '999' }]) {
    expect(splitQuote('Письмо', extra)).toEqual({ own: 'Письмо', quote: '' })
  }
})
