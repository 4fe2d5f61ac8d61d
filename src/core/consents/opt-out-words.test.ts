import { expect, it } from 'vitest'
import { readOptOutWord } from './opt-out-words.ts'

it.each([
  ...['СТОП', 'стоп', 'Стоп!', ' «СТОП» ', 'CTOП', 'STOP', 'stop.', '/stop', 'Stop please', 'UNSUBSCRIBE', 'opt-out', 'OPTOUT', 'Quit', 'cancel'],
  ...[
    'Отписаться',
    'отписаться, пожалуйста',
    'ОТПИСАТЬСЯ\n\n> Здравствуйте, Анна',
    'Больше не пишите мне!',
    '\n\nстоп\n-- \nАнна',
    'END',
    'revoke',
    'Arrêt',
  ],
])('%j ends automatic messages', (text) => {
  expect(readOptOutWord(text)).toMatchObject({ isOut: true })
})

it.each(['START', 'старт', 'Start!', '/start', 'unstop', 'Подписаться'])('%j allows them again', (text) => {
  expect(readOptOutWord(text)).toMatchObject({ isOut: false })
})

it.each([
  ...['stop by tomorrow', 'Когда стоп-лист?', 'не стоп', 'Хочу отказаться от балкона', 'stopping', 'Здравствуйте', '', '👍', '!!!', 'start now'],
  'Добрый день\nСТОП',
])('%j is for people', (text) => {
  expect(readOptOutWord(text)).toBeUndefined()
})

it('is read in the subject of a letter too, as the List-Unsubscribe link writes it', () => {
  expect(readOptOutWord('', 'unsubscribe')).toEqual({ isOut: true, word: 'unsubscribe' })
  expect(readOptOutWord('-- \nАнна', 'Re: СТОП')).toMatchObject({ isOut: true })
  expect(readOptOutWord('Не приходит счёт', 'Отписка от банка')).toBeUndefined()
})
