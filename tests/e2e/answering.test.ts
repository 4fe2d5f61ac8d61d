import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hasChromium, openChromium } from '../support/chromium.ts'
import { type FakeTelegram, fakeTelegram } from '../support/fake-telegram.ts'
import { freePort } from '../support/hub-process.ts'
import { seriousFaults } from './accessibility.ts'
import { type ConsoleHub, openConsoleHub } from './console-hub.ts'
import { openFirm, sendMorning } from './firm.ts'
import { chooseScheme, standStill } from './stand-still.ts'

// A morning of a firm over three media, answered from the console. The pictures of the README are taken here.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const shots = resolve(import.meta.dirname, '../../docs/screenshots')
const key = 'swb_key-of-the-firm-that-answers-0001'
const admin = { name: 'Ольга Реброва', email: 'olga@kontur-okna63.ru', password: 'kontur-okna-63' }
/** Of what is waited for: a slow machine is not a fault. */
const patient = { timeout: 60_000 }
const firmSettings = { name: 'Контур Окна', language: 'ru', timeZone: 'Europe/Samara', country: 'RU', client: 'contact' }

describe.skipIf(!hasChromium())('answering from the console', () => {
  let hub: ConsoleHub
  let telegram: FakeTelegram
  let browser: Browser
  let page: Page
  const firm = () => ({ url: hub.url, key, smtpPort, telegram })
  let smtpPort = 0

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    smtpPort = await freePort()
    ;[hub, telegram, browser] = await Promise.all([
      openConsoleHub({ ADMIN_API_KEY: key, SMTP_IN_PORT: String(smtpPort) }),
      fakeTelegram(),
      openChromium(),
    ])
    const token = new URL(hub.setupLink).searchParams.get('token')
    const headers = { 'content-type': 'application/json' }
    const made = await fetch(`${hub.url}/api/v1/setup`, { method: 'POST', headers, body: JSON.stringify({ token, admin, firm: firmSettings }) })
    if (!made.ok) throw new Error(`set-up: ${made.status} ${await made.text()}`)
    const look = { viewport: { width: 1440, height: 900 }, locale: 'ru-RU', timezoneId: 'Europe/Samara', reducedMotion: 'reduce' } as const
    page = await (await browser.newContext(look)).newPage()
    page.setDefaultTimeout(patient.timeout)
    await page.goto(hub.url)
    await page.getByLabel('Почта').fill(admin.email)
    await page.getByLabel('Пароль').first().fill(admin.password)
    await page.keyboard.press('Enter')
    await page.getByText('онлайн').first().waitFor()
    await sendMorning(firm(), await openFirm(firm()))
  })
  afterAll(async () => {
    await browser?.close()
    await hub?.close()
    await telegram?.close()
  })

  const row = (words: RegExp) => page.getByRole('region', { name: 'Ждут ответа' }).getByRole('link', { name: words })
  const field = () => page.getByLabel('Напишите ответ')
  const sent = () => telegram.calls.filter(({ method }) => method === 'sendMessage').map(({ fields }) => String(fields.text))
  async function picture(name: string): Promise<void> {
    await standStill(page)
    await page.screenshot({ path: join(shots, `${name}.png`) })
    expect(await seriousFaults(page)).toEqual([])
  }

  test('a form, a letter and a message stand in one list, one row per client', async () => {
    await row(/Наиля Сабирова.*@kontur_okna_bot/).waitFor()
    await row(/Игорь Лапин.*Почта zakaz@/).waitFor()
    await row(/Алексей Воронин.*Рассчитать/).waitFor()
    await expect.poll(() => row(/./).count(), patient).toBe(9)
  })

  test('the first screen asks for at most 250 kB of script', async () => {
    // What is fetched ahead, once the list has been asked for, holds nobody up.
    const script = `(() => {
      const loaded = performance.getEntriesByType('resource')
      const asked = loaded.find(({ name }) => name.includes('/api/v1/waiting')).startTime
      return loaded.filter(({ name, startTime }) => name.endsWith('.js') && startTime < asked).map(({ encodedBodySize }) => encodedBodySize)
    })()`
    await page.goto(`${hub.url}/waiting`)
    await row(/./).first().waitFor()
    const sizes = await page.evaluate<number[]>(script)
    expect(sizes.length).toBeGreaterThan(5)
    expect(sizes.every((size) => size > 0)).toBe(true)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(250 * 1024)
  })

  test('J and K walk the list on a Russian layout too', async () => {
    const names = await row(/./).locator('span').first().allInnerTexts()
    const press = (code: string, letter: string) =>
      page.evaluate(`document.dispatchEvent(new KeyboardEvent('keydown', { code: '${code}', key: '${letter}', bubbles: true }))`)
    await press('KeyJ', 'о')
    await page.getByRole('heading', { level: 1, name: names[0] ?? '' }).waitFor()
    const first = page.url()
    await press('KeyJ', 'о')
    await page.waitForURL((url) => url.href !== first)
    await press('KeyK', 'л')
    await page.waitForURL(first)
  })

  test('the letter and the form of one client stand on one history', async () => {
    await row(/Марина Осипова.*Рассчитать|Марина Осипова.*Почта/).click()
    await page.getByText('Можно ли вместо Grazio').last().waitFor()
    await page.getByText('balkon_samara').first().waitFor()
    await page.getByRole('button', { name: 'почему здесь' }).first().click()
    await picture('conversation')
    await chooseScheme(page, 'dark')
    await picture('conversation-dark')
    await chooseScheme(page, 'light')
  })

  test('a message can be called back for five seconds, leaves once at the second Enter, and the client waits no longer', async () => {
    await row(/Марина Осипова.*kontur_okna_bot/).click()
    await page.getByText('Тогда замер в субботу').last().waitFor()
    const words = 'Да, в субботу до обеда есть место: с 10 до 12'
    await field().fill(words)
    const back = page.evaluate(clickOnceThere, 'Вернуть')
    await field().press('Enter')
    await back
    await page.waitForTimeout(5_500)
    expect(sent()).toEqual([])
    await field().press('Enter')
    await field().press('Enter')
    await telegram.called('sendMessage')
    await row(/Марина Осипова.*kontur_okna_bot/).waitFor({ state: 'detached' })
    await page.waitForTimeout(1_000)
    expect(sent()).toEqual([words])
    await expect.poll(() => field().inputValue()).toBe('')
  })

  test('what is typed comes back after a reload', async () => {
    await row(/Наиля Сабирова/).click()
    await field().fill('Гарантия на фурнитуру пять лет')
    await page.getByText('черновик сохранён').first().waitFor()
    await page.reload()
    await expect.poll(() => field().inputValue(), patient).toBe('Гарантия на фурнитуру пять лет')
  })

  test('an answer written without having seen what came is refused, and sent by the second Enter', async () => {
    await row(/Пётр Каримов/).click()
    await field().fill('Делаем, от 900 рублей за метр')
    await page.getByText('черновик сохранён').first().waitFor()
    const from = { id: 6602, is_bot: false, first_name: 'Пётр', last_name: 'Каримов' }
    telegram.push({
      message: { message_id: 90, date: Math.floor(Date.now() / 1000), chat: { id: 6602, type: 'private' }, from, text: 'И отливы тоже' },
    })
    await page.getByText('И отливы тоже').last().waitFor()
    // One Enter: a second that came after the five seconds would say "send it all the same".
    await field().press('Enter')
    await page
      .getByText(/Пока вы писали, пришло новое/)
      .first()
      .waitFor()
    expect(sent()).toHaveLength(1)
    await picture('stale-reply')
    await field().press('Enter')
    await expect.poll(sent, patient).toHaveLength(2)
  })

  test('a message can wait for its time, leave before it, or not at all', async () => {
    const bar = page.getByRole('list', { name: 'Уйдёт позже' })
    await field().fill('Напомню про отливы')
    await page.getByRole('button', { name: 'Отправить позже' }).click()
    await page.getByRole('menuitem', { name: /Через час/ }).click()
    await bar
      .getByText(/Уйдёт .*/)
      .first()
      .waitFor()
    expect(await field().inputValue()).toBe('')
    await picture('scheduled')
    await bar.getByRole('button', { name: 'Не отправлять' }).click()
    await bar.waitFor({ state: 'detached' })
    await field().fill('Отливы сделаем вместе с откосами')
    await page.getByRole('button', { name: 'Отправить позже' }).click()
    await page.getByRole('menuitem', { name: /Завтра утром/ }).click()
    await bar.getByRole('button', { name: 'Отправить сейчас' }).click()
    await expect.poll(sent, patient).toHaveLength(3)
    expect(sent().at(-1)).toBe('Отливы сделаем вместе с откосами')
    await bar.waitFor({ state: 'detached' })
  })

  test('any other time is chosen from a calendar in the language of the console', async () => {
    const bar = page.getByRole('list', { name: 'Уйдёт позже' })
    const focused = () => page.evaluate<string | undefined>('document.activeElement.dataset.day')
    await field().fill('Мастер позвонит накануне')
    await page.getByRole('button', { name: 'Отправить позже' }).click()
    const own = page.getByLabel('Своё время')
    await own.press('ArrowDown')
    await page.getByRole('dialog', { name: 'Календарь' }).getByText('пн', { exact: true }).waitFor()
    await expect.poll(focused, patient).toMatch(/^\d/)
    const today = await focused()
    await page.keyboard.press('ArrowRight')
    await expect.poll(focused, patient).not.toBe(today)
    await page.keyboard.press('Enter')
    await expect.poll(() => own.inputValue(), patient).toMatch(/^\d\d\.\d\d\.\d{4} 09:00$/)
    await page.getByRole('button', { name: 'Запланировать' }).click()
    await bar.getByRole('button', { name: 'Не отправлять' }).click()
    await bar.waitFor({ state: 'detached' })
  })

  test('the history is searched, and goes to a day', async () => {
    const entries = page.getByRole('article')
    await page.getByLabel('Найти в истории').fill('ОТЛИВЫ ТОЖЕ')
    await expect.poll(() => entries.count(), patient).toBe(1)
    await page.getByLabel('Найти в истории').fill('такого не было')
    await page.getByText('В истории этого нет').first().waitFor()
    await page.getByLabel('Найти в истории').press('Escape')
    await page.getByLabel('История до этого дня').fill('2020-01-01')
    await page.getByText('В истории этого нет').first().waitFor()
    await page.getByRole('button', { name: 'К последним' }).click()
    await entries.filter({ hasText: 'И отливы тоже' }).waitFor()
  })

  test('a letter says who else got it, and is answered to all or to its writer alone', async () => {
    await row(/Игорь Лапин/).click()
    await page
      .getByText(/кому: .*Ольга Снабжение/)
      .first()
      .waitFor()
    const choice = page.getByRole('radiogroup', { name: 'Кому ответ' })
    await choice.getByText('Всем в переписке, 2').first().waitFor()
    await picture('letter')
    await choice.getByText('Только написавшему').click()
    await field().fill('Игорь, отвечаю лично')
    await field().press('Enter')
    await field().press('Enter')
    await page.getByRole('article').filter({ hasText: 'Игорь, отвечаю лично' }).waitFor()
    const answer = page.getByRole('article').filter({ hasText: 'Игорь, отвечаю лично' })
    expect(await answer.getByText('snab@vhod-group.ru').count()).toBe(0)
    await field().fill('А это обоим')
    await choice.getByText('Всем в переписке, 2').click()
    await field().press('Enter')
    await field().press('Enter')
    await page
      .getByRole('article')
      .filter({ hasText: 'А это обоим' })
      .getByText(/кому: .*snab@vhod-group.ru/)
      .first()
      .waitFor()
  })

  test('a client is found by any notation of his phone', async () => {
    const dialog = page.getByRole('dialog', { name: 'Найти' })
    const query = dialog.getByRole('textbox', { name: 'Найти' })
    await page.keyboard.press('Control+k')
    await query.fill('8 (937) 072-11-05')
    await dialog.getByRole('button', { name: /Алексей Воронин/ }).waitFor()
    await picture('palette')
    await query.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Алексей Воронин' }).waitFor()
  })

  test.each([
    ['clients', 'Игорь Лапин'],
    ['leads', 'Балкон под ключ'],
    ['channels', '@kontur_okna_bot'],
    ['forms', 'Сайт, «Рассчитать»'],
    ['log', 'Почта zakaz@'],
    ['team', admin.email],
  ])('the picture of %s', async (scene, words) => {
    await page.goto(`${hub.url}/${scene}`)
    await page.getByText(words).first().waitFor()
    if (scene === 'log')
      await page
        .getByRole('row', { name: /Рассчитать/ })
        .first()
        .click()
    await picture(scene)
  })

  test('on a phone nothing is wider than the phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${hub.url}/waiting`)
    await row(/Наиля Сабирова/).waitFor()
    await picture('waiting-phone')
    await row(/Наиля Сабирова/).click()
    await page.getByText('гарантия на фурнитуру').last().waitFor()
    await picture('conversation-phone')
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  })

  test('a message waits for its file, and one that is held leaves when its page is left', async () => {
    const tab = await page.context().newPage()
    tab.setDefaultTimeout(patient.timeout)
    const uploaded = Promise.withResolvers<void>()
    await tab.route('**/api/v1/attachments?*', async (route) => {
      await uploaded.promise
      await route.continue()
    })
    await tab.goto(page.url())
    const answer = tab.getByLabel('Напишите ответ')
    await expect.poll(() => answer.inputValue(), patient).toBe('Гарантия на фурнитуру пять лет')
    await tab.getByLabel('Приложить файл').setInputFiles({ name: 'талон.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') })
    await tab.getByText('талон.pdf · загружается').waitFor()
    expect(await tab.getByRole('button', { name: 'Отправить', exact: false }).last().isDisabled()).toBe(true)
    uploaded.resolve()
    await tab.getByRole('button', { name: 'талон.pdf ×' }).click()
    const words = 'Гарантия пять лет, талон выдаст мастер'
    await answer.fill(words)
    await answer.press('Enter')
    await tab.goto('about:blank')
    await expect.poll(sent, patient).toContain(words)
    await tab.close()
  })
})

/** A click that must come within seconds, by the page itself: the way from here may take longer. */
function clickOnceThere(words: string): Promise<void> {
  return new Promise((done) => {
    const look = () => {
      const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.includes(words))
      if (!button) {
        requestAnimationFrame(look)
        return
      }
      button.click()
      done()
    }
    look()
  })
}
