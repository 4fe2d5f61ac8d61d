import { expect, test } from 'vitest'
import { readGuide } from './read-guide.ts'

test('headings, paragraphs over lines, lists, tables and code are told apart', () => {
  const text =
    '# Forms\n\nTakes requests\nof any form.\n\n- one\n  still one\n- two\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n```sh\ncurl -d x\n# not a heading\n```\n'
  expect(readGuide(text)).toEqual([
    { is: 'heading', text: 'Forms' },
    { is: 'paragraph', text: 'Takes requests of any form.' },
    { is: 'list', items: ['one still one', 'two'] },
    {
      is: 'table',
      rows: [
        ['a', 'b'],
        ['1', '2'],
      ],
    },
    { is: 'code', text: 'curl -d x\n# not a heading' },
  ])
})

test('code that is never closed ends with the text', () => {
  expect(readGuide('```\nopen')).toEqual([{ is: 'code', text: 'open' }])
})
