import { describe, expect, it } from 'vitest'
import { findFolds } from './quotes.ts'

const own = 'Да, согласны.\n\n'
const tail = '> Цена 100 рублей\n> С уважением'

describe('quote folding', () => {
  it.each([
    ['Gmail in Russian', `вс, 22 нояб. 2026 г. в 10:15, Магазин <sales@shop.ru>:\n\n${tail}`],
    ['Gmail in English', `On Sun, Nov 22, 2026 at 10:15 AM Shop <sales@shop.ru> wrote:\n\n${tail}`],
    ['Gmail with a wrapped header', `On Sun, Nov 22, 2026 at 10:15 AM Shop\n<sales@shop.ru> wrote:\n\n${tail}`],
    ['Mail.ru', `Воскресенье, 22 ноября 2026, 10:15 +03:00 от Магазин <sales@shop.ru>:\n${tail}`],
    ['Yandex', `22.11.2026, 10:15, "Магазин" <sales@shop.ru>:\n${tail}`],
    ['Thunderbird', `22.11.2026 10:15, Магазин пишет:\n${tail}`],
    ['iPhone', `22 нояб. 2026 г., в 10:15, Магазин <sales@shop.ru> написал(а):\n${tail}`],
    ['The Bat!', `Вы писали 22 ноября 2026 г., 10:15:15:\n\nМ> Цена 100 рублей`],
    [
      'Outlook with a rule',
      '________________________________\nОт: Магазин\nОтправлено: 22 ноября 2026 г. 10:15\nКому: Иван\nТема: Цена\n\nЦена 100 рублей',
    ],
    ['Outlook in English', 'From: Shop\nSent: Sunday\nTo: Ivan\nSubject: Price\n\nPrice'],
    ['old Outlook', '-----Исходное сообщение-----\nЦена 100 рублей'],
    ['bare quoted lines', tail],
  ])('finds the start of a quote of %s', (_name, quote) => {
    const text = own + quote
    expect(text.slice(findFolds(text).quoteStart)).toBe(quote)
  })

  it.each([
    ['a forwarded letter', `Смотрите ниже\n\n-------- Пересылаемое сообщение --------\nОт: Иван\nКому: Анна\nТема: Цена\n\nтекст`],
    ['answers between the quoted lines', `22.11.2026, 10:15, "М" <a@b.ru>:\n> Какой цвет?\nБелый.\n> Сколько?\nПятнадцать.`],
    ['a sentence that begins like a header', 'От: завода №5 ждём ответа\nСпасибо'],
    ['a text without a quote', 'Добрый день'],
  ])('leaves %s open', (_name, text) => {
    expect(findFolds(text).quoteStart).toBeUndefined()
  })

  it('finds the signature before the quote', () => {
    const text = 'Да\n-- \nИван\n\n22.11.2026, 10:15, "М" <a@b.ru>:\n> Цена'
    expect(text.slice(findFolds(text).signatureStart).startsWith('-- \nИван')).toBe(true)
  })

  it('stays quick on hostile text', () => {
    const startedAt = performance.now()
    findFolds(`${'On '.repeat(20_000)}\n${'> '.repeat(20_000)}\n`.repeat(2).slice(0, 199_000))
    expect(performance.now() - startedAt).toBeLessThan(15_000)
  })
})
