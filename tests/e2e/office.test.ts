import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hasChromium, openChromium } from '../support/chromium.ts'
import { seriousFaults } from './accessibility.ts'
import { type ConsoleHub, openConsoleHub } from './console-hub.ts'
import { submit } from './firm.ts'
import { chooseScheme, standStill } from './stand-still.ts'
import { openWatched, type WatchedContext } from './watched-context.ts'

// What the office does beside answering: cards that are one person, leads, companies, the log and its replay, the audit, long lists.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const key = 'swb_key-of-the-office-of-the-firm-0001'
const admin = { name: 'Ольга Реброва', email: 'olga@kontur-okna63.ru', password: 'kontur-okna-63' }
const firm = { name: 'Контур Окна', language: 'ru', timeZone: 'Europe/Samara', country: 'RU', client: 'contact' }
const manyCards = 10_000
/** Where to leave pictures; nowhere when unset. */
const pictures = process.env.E2E_PICTURES

describe.skipIf(!hasChromium())('the office', () => {
  let hub: ConsoleHub
  let browser: Browser
  let office: WatchedContext
  let page: Page
  let hookUrl = ''

  beforeAll(async () => {
    ;[hub, browser] = await Promise.all([openConsoleHub({ ADMIN_API_KEY: key }), openChromium()])
    if (pictures) mkdirSync(pictures, { recursive: true })
    const token = new URL(hub.setupLink).searchParams.get('token')
    await call('POST', '/setup', { token, admin, firm })
    hookUrl = (await call<{ hookUrl: string }>('POST', '/channels', { connector: 'form', name: 'Сайт, «Рассчитать»', settings: {} })).hookUrl
    await submit(hookUrl, { Name: 'Марина Осипова', Phone: '+7 927 004-18-36', Тема: 'Балкон 6 м', Сообщение: 'Тёплое остекление' })
    await submit(hookUrl, { Name: 'М. Осипова', Email: 'm.osipova@mail.ru', Тема: 'Кухонное окно', Сообщение: 'Сколько стоит окно?' })
    await applied(2)
    office = await openWatched(browser, hub.url)
    page = office.page
    await page.goto(hub.url)
    await page.getByLabel('Почта').fill(admin.email)
    await page.getByLabel('Пароль').first().fill(admin.password)
    await page.keyboard.press('Enter')
    await page.getByText('онлайн').first().waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await hub?.close()
  })

  async function call<Answer = unknown>(method: string, path: string, body?: object): Promise<Answer> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const answer = await fetch(`${hub.url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Answer
  }
  const applied = (count: number) =>
    vi.waitUntil(async () => (await call<{ items: unknown[] }>('GET', '/deliveries?status=applied&limit=100')).items.length === count, {
      timeout: 60_000,
      interval: 50,
    })
  const open = (scene: string) => page.goto(`${hub.url}/${scene}`)
  const row = (words: string | RegExp) => page.getByRole('row').filter({ hasText: words })
  const card = () => page.getByRole('complementary', { name: 'Карточка' })

  /** As it looks in light and dark, at a desk and on a phone; nothing serious wrong, nothing wider than the screen. */
  async function look(name: string): Promise<void> {
    const faults: string[] = []
    for (const [scheme, width, height] of [['light', 1280, 800] as const, ['dark', 1280, 800] as const, ['light', 390, 844] as const]) {
      await page.setViewportSize({ width, height })
      await chooseScheme(page, scheme)
      const rules = width === 390 ? ['target-size'] : scheme === 'dark' ? ['color-contrast'] : undefined
      faults.push(...(await seriousFaults(page, rules)).map((fault) => `${scheme} ${width}: ${fault}`))
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      if (over > 0) faults.push(`${scheme} ${width}: ${over} px wider than the screen`)
      if (pictures) await page.screenshot({ path: join(pictures, `office-${name}-${scheme}-${width}.png`) })
    }
    await page.setViewportSize({ width: 1440, height: 900 })
    await chooseScheme(page, 'light')
    expect(faults).toEqual([])
  }

  test('both cards are seen side by side before they become one, and can be parted again', async () => {
    await submit(hookUrl, { Name: 'Марина Осипова', Phone: '+7 927 004-18-36', Email: 'm.osipova@mail.ru', Сообщение: 'Это снова я' })
    await applied(3)
    await open('clients')
    await row('Марина Осипова').click()
    await card().getByText('М. Осипова').first().waitFor()
    await card().getByRole('button', { name: 'Сравнить' }).click()
    const dialog = page.getByRole('dialog', { name: 'Это один человек?' })
    await dialog.getByRole('region', { name: 'Останется эта карточка' }).getByText('m.osipova@mail.ru').first().waitFor()
    await dialog.getByRole('cell', { name: 'М. Осипова' }).waitFor()
    await look('merge')
    await dialog.getByRole('button', { name: 'Поменять местами' }).click()
    await dialog.getByRole('region', { name: 'Останется эта карточка' }).getByText('+7 927 004-18-36').first().waitFor()
    await dialog.getByRole('button', { name: 'Объединить' }).click()
    await card().getByText('m.osipova@mail.ru').first().waitFor()
    await card().getByText('+7 927 004-18-36').first().waitFor()
    await card().getByRole('button', { name: 'Разъединить' }).click()
    await card().getByText('m.osipova@mail.ru').first().waitFor({ state: 'detached' })
  })

  test('a lead that is lost says why, where it stands', async () => {
    await expect.poll(() => card().getByLabel('Статус').count()).toBe(1)
    await card().getByLabel('Статус').selectOption('lost')
    await card().getByRole('button', { name: 'дорого' }).waitFor()
    await look('lost')
    await card().getByLabel('Почему потерян').fill('ушли к соседям')
    await card().getByRole('button', { name: 'Сохранить' }).click()
    await card().getByText('ушли к соседям').first().waitFor()
    await open('leads')
    await row('Балкон 6 м').getByText('ушли к соседям').first().waitFor()
  })

  test('the board holds the leads by status, and a lead goes on from it', async () => {
    await page.getByText('Доска').click()
    const column = (name: string) => page.getByRole('region', { name, exact: true })
    await column('потерян').getByText('Балкон 6 м').first().waitFor()
    const kitchen = page.getByRole('article').filter({ hasText: 'Кухонное окно' })
    await column('новый').getByText('Кухонное окно').first().waitFor()
    await look('board')
    await kitchen.getByLabel('Статус').selectOption('working')
    await column('в работе').getByText('Кухонное окно').first().waitFor()
    await page.getByText('Таблица').click()
    await row('Кухонное окно').waitFor()
  })

  test('a filter is kept under its name, and columns are chosen', async () => {
    await open('clients')
    await row('Марина Осипова').waitFor()
    await page.getByLabel('Стадия').getByText('Лиды').click()
    await page.getByRole('button', { name: 'Запомнить фильтр' }).click()
    await page.getByLabel('Название фильтра').fill('Новые лица')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Столбцы' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Заведён' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('columnheader', { name: 'Заведён' }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Новые лица', exact: true }).click()
    await page.getByRole('columnheader', { name: 'Заведён' }).waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Новые лица', exact: true }).getAttribute('aria-pressed')).toBe('true')
    await look('clients')
  })

  test('a company shows its people and what happened with any of them', async () => {
    const company = await call<{ id: string }>('POST', '/companies', { name: 'ТСЖ «Маяк»', domain: 'tszh-mayak.ru' })
    const { items } = await call<{ items: { id: string }[] }>('GET', `/contacts?query=${encodeURIComponent('Марина Осипова')}`)
    await call('PATCH', `/contacts/${items[0]?.id}`, { companyId: company.id })
    await open('companies')
    await row('ТСЖ «Маяк»').click()
    await page.getByRole('complementary', { name: 'Люди' }).getByText('Марина Осипова').first().waitFor()
    await page.getByRole('article').getByText('Тёплое остекление').first().waitFor()
    await look('company')
  })

  test('the log is searched, and a window is replayed after its dry run', async () => {
    await open('log')
    await page.getByLabel('Слово из того, что пришло').fill('кухонное')
    await expect.poll(() => row('Заявка').count(), { timeout: 60_000 }).toBe(1)
    await page.getByLabel('Слово из того, что пришло').fill('')
    await expect.poll(() => row('Заявка').count(), { timeout: 60_000 }).toBe(3)
    await page.getByRole('button', { name: 'Прогнать найденное' }).click()
    await page.getByRole('button', { name: 'Посмотреть, что изменится' }).click()
    await page.getByText('Просмотрено 3, изменится 0. Пока ничего не сделано.').first().waitFor()
    await look('window')
    expect(await page.getByRole('button', { name: 'Прогнать заново' }).count()).toBe(0)
    const database = new Client({ connectionString: hub.databaseUrl })
    await database.connect()
    await database.query(`update entries set subject = 'Прочитано неверно' where subject = 'Кухонное окно'`)
    await database.end()
    await page.getByRole('button', { name: 'Посмотреть, что изменится' }).click()
    await page.getByText('Просмотрено 3, изменится 1. Пока ничего не сделано.').first().waitFor()
    await page.getByText('Прочитано неверно').first().waitFor()
    await look('window-changes')
    await page.getByRole('button', { name: 'Прогнать заново' }).click()
    await page.getByText('Прогнано 3 из 3. Переписано 1, новых 0, исчезло 0, не вышло 0.').first().waitFor()
    await look('window-done')
    await page.getByRole('button', { name: 'Посмотреть, что изменится' }).click()
    await page.getByText('Просмотрено 3, изменится 0. Пока ничего не сделано.').first().waitFor()
  })

  test('the audit says who did what', async () => {
    await open('audit')
    await row('объединил карточки').first().waitFor()
    await row('прогнал несколько доставок заново').getByText(admin.name).first().waitFor()
    await look('audit')
    await page.getByLabel('Что сделал').first().click()
    await page.getByRole('option', { name: 'Люди и вход' }).click()
    await row('объединил карточки').waitFor({ state: 'detached' })
    await row('вошёл').first().waitFor()
  })

  test('ten thousand clients are one list that stays light', async () => {
    const database = new Client({ connectionString: hub.databaseUrl })
    await database.connect()
    await database.query(
      `insert into contacts (id, card_id, name, stage, last_touch_at) select id, id, 'Клиент ' || n, 'lead', now() - n * interval '1 minute'
       from (select n, ('018f0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id from generate_series(1, $1::int) as n) as made`,
      [manyCards],
    )
    await database.end()
    await open('clients')
    await row('Клиент 1').first().waitFor()
    const table = page.getByRole('table', { name: 'Клиенты' })
    const frame = table.locator('..')
    let most = 0
    await expect
      .poll(
        async () => {
          await frame.evaluate((box) => box.scrollTo({ top: box.scrollHeight }))
          most = Math.max(most, await page.getByRole('row').count())
          return await row(`Клиент ${manyCards}`).count()
        },
        { timeout: 200_000, interval: 20 },
      )
      .toBe(1)
    expect(Number(await table.getAttribute('aria-rowcount'))).toBeGreaterThan(manyCards)
    expect(most).toBeLessThan(200)
    await standStill(page)
    const frames = await frame.evaluate(scrolledFrames)
    process.stdout.write(
      `rows in the page at most: ${most}; frames while scrolling 10 000 rows, median and slowest: ${frames.sort((a, b) => a - b)[frames.length >> 1]} and ${frames.at(-1)} ms\n`,
    )
  })

  test('nothing was complained of', () => {
    expect(office.errors).toEqual([])
    expect(office.strangers).toEqual([])
  })
})

/** Scrolls from the end to the beginning in 60 frames; how long each took, in ms. */
async function scrolledFrames(box: Element): Promise<number[]> {
  const frame = () => new Promise<number>((done) => requestAnimationFrame(done))
  const times: number[] = []
  let before = await frame()
  const step = box.scrollHeight / 60
  for (let at = 0; at < 60; at++) {
    box.scrollBy({ top: -step })
    const now = await frame()
    times.push(Math.round(now - before))
    before = now
  }
  return times
}
