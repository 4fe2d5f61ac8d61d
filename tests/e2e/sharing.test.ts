import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hasChromium, openChromium } from '../support/chromium.ts'
import { seriousFaults } from './accessibility.ts'
import { type ConsoleHub, openConsoleHub } from './console-hub.ts'
import { submit } from './firm.ts'
import { goTo } from './go-to.ts'
import { standStill } from './stand-still.ts'

// Two operators share the firm's clients; the administrator sets the rules and sees one of them off.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const key = 'swb_key-of-the-firm-that-shares-0001'
const admin = { name: 'Ольга Реброва', email: 'olga@kontur-okna63.ru', password: 'kontur-okna-63' }
const firm = { name: 'Контур Окна', language: 'ru', timeZone: 'Europe/Samara', country: 'RU', client: 'contact' }
const patient = { timeout: 60_000 }
const shots = process.env.SHOTS ?? join(tmpdir(), 'switchboard-sharing')

describe.skipIf(!hasChromium())('two operators', () => {
  let hub: ConsoleHub
  let browser: Browser
  let chief: Page
  let anna: Page
  let boris: Page
  let hookUrl = ''

  async function call<Body>(method: string, path: string, body?: object): Promise<Body> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const answer = await fetch(`${hub.url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Body
  }

  async function enter(email: string, password: string): Promise<Page> {
    const look = { viewport: { width: 1440, height: 900 }, locale: 'ru-RU', timezoneId: 'Europe/Samara', reducedMotion: 'reduce' } as const
    const page = await (await browser.newContext(look)).newPage()
    page.setDefaultTimeout(patient.timeout)
    await page.goto(hub.url)
    await page.getByLabel('Почта').fill(email)
    await page.getByLabel('Пароль').first().fill(password)
    await page.keyboard.press('Enter')
    await page.getByText('онлайн').first().waitFor()
    return page
  }

  async function hire(name: string, email: string): Promise<Page> {
    const made = await call<{ temporaryPassword: string }>('POST', '/users', { name, email, role: 'operator', language: 'ru' })
    return await enter(email, made.temporaryPassword)
  }

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    ;[hub, browser] = await Promise.all([openConsoleHub({ ADMIN_API_KEY: key }), openChromium()])
    const token = new URL(hub.setupLink).searchParams.get('token')
    const headers = { 'content-type': 'application/json' }
    const made = await fetch(`${hub.url}/api/v1/setup`, { method: 'POST', headers, body: JSON.stringify({ token, admin, firm }) })
    if (!made.ok) throw new Error(`set-up: ${made.status} ${await made.text()}`)
    hookUrl = (await call<{ hookUrl: string }>('POST', '/channels', { connector: 'form', name: 'Сайт, «Рассчитать»', settings: {} })).hookUrl
    chief = await enter(admin.email, admin.password)
    anna = await hire('Анна Белова', 'anna@kontur-okna63.ru')
    boris = await hire('Борис Шубин', 'boris@kontur-okna63.ru')
  })
  afterAll(async () => {
    await browser?.close()
    await hub?.close()
  })

  const row = (page: Page, words: RegExp) => page.getByRole('region', { name: 'Ждут ответа' }).getByRole('link', { name: words })
  async function picture(page: Page, name: string): Promise<void> {
    const told = page.locator('.mantine-Notification-root').getByRole('button', { name: 'Закрыть' })
    while ((await told.count()) > 0)
      await told
        .first()
        .click({ timeout: 2_000 })
        .catch(() => {})
    await standStill(page)
    await page.screenshot({ path: join(shots, `${name}.png`) })
    expect(await seriousFaults(page)).toEqual([])
  }

  test('of two who take the same client one has him, and the other is told who', async () => {
    await submit(hookUrl, { Name: 'Марина Осипова', Phone: '+7 927 004-18-36', Тема: 'Балкон' })
    for (const page of [anna, boris]) {
      await row(page, /Марина Осипова/).click()
      await page.getByRole('button', { name: /^Взять/ }).waitFor()
    }
    // Both clicks leave before either has heard of the other.
    await Promise.all([anna, boris].map((page) => page.getByRole('button', { name: /^Взять/ }).click()))
    await expect
      .poll(async () => {
        const told = await Promise.all([anna, boris].map((page) => page.getByText(/Этого клиента уже взял/).count()))
        return told.reduce((sum, count) => sum + count, 0)
      }, patient)
      .toBe(1)
    await expect
      .poll(async () => {
        const owners = await Promise.all([anna, boris].map((page) => row(page, /Марина Осипова.*вы$/).count()))
        return owners.toSorted((a, b) => a - b)
      }, patient)
      .toEqual([0, 1])
  })

  test('a client is handed over with a note; the colleague hears of it and reads the note', async () => {
    const [from, to, name] = (await row(anna, /Марина Осипова.*вы$/).count()) === 1 ? [anna, boris, 'Борис Шубин'] : [boris, anna, 'Анна Белова']
    await from.getByRole('button', { name: /^Передать/ }).click()
    await from.getByRole('combobox', { name: 'Кому передать' }).fill(name.split(' ')[0] ?? '')
    await from.getByRole('option', { name: new RegExp(name) }).click()
    await from.getByLabel('Что передать на словах').fill('Просит скидку, обещала ответить до обеда')
    await picture(from, 'hand-over')
    await from.getByRole('button', { name: 'Передать', exact: true }).click()
    await to.getByText('Вам передан клиент: Марина Осипова').first().waitFor()
    await to.getByText('Просит скидку, обещала ответить до обеда').first().waitFor()
    await row(to, /Марина Осипова.*вы$/).waitFor()
  })

  test('no answer needed takes him off the list of everybody, and undo brings him back', async () => {
    await row(anna, /Марина Осипова/).click()
    await anna.getByRole('button', { name: /^Ответ не нужен/ }).click()
    await expect.poll(() => row(boris, /Марина Осипова/).count(), patient).toBe(0)
    await anna.getByRole('button', { name: 'Вернуть' }).click()
    await row(boris, /Марина Осипова/).waitFor()
  })

  test('what is promised on the card rings when its time comes', async () => {
    await row(anna, /Марина Осипова/).click()
    await anna.getByRole('button', { name: '+ задача' }).click()
    await anna.getByLabel('Что сделать').fill('Перезвонить про ламинацию')
    const soon = new Date(Date.now() - 60_000 + 4 * 3_600_000).toISOString().slice(0, 16)
    await anna.getByLabel('Когда').fill(soon)
    await anna.getByRole('button', { name: 'Добавить', exact: true }).click()
    await anna.getByText('Пора: Перезвонить про ламинацию').first().waitFor(patient)
    await anna.getByRole('link', { name: /Задачи/ }).click()
    await anna.getByRole('region', { name: 'Просрочено' }).getByText('Перезвонить про ламинацию').first().waitFor()
    await picture(anna, 'tasks')
    await anna.getByRole('checkbox', { name: /Перезвонить про ламинацию/ }).click()
    await anna.getByText('Задач нет').first().waitFor()
    await anna.getByRole('button', { name: 'Вернуть' }).click()
    await anna.getByRole('region', { name: 'Просрочено' }).getByText('Перезвонить про ламинацию').first().waitFor()
    await anna.getByRole('link', { name: 'Ждут', exact: false }).first().click()
  })

  test('the administrator makes a team that shares evenly, with hours; what comes goes to who is there', async () => {
    await goTo(chief, 'Команда')
    await chief.getByPlaceholder('Название отдела').fill('Продажи')
    await chief.getByRole('button', { name: 'Новый отдел' }).click()
    for (const name of ['Анна Белова', 'Борис Шубин']) {
      await chief.getByLabel('Добавить человека').selectOption({ label: name })
      await chief.getByRole('list', { name: 'Люди, по порядку' }).getByText(name).first().waitFor()
    }
    const rules = chief.locator('details').first()
    await rules.getByText('Часы работы и распределение').click()
    await rules.getByLabel('Как делить клиентов').selectOption('least_loaded')
    await rules.getByLabel('Ответить за, минут рабочего времени').fill('14')
    await rules.getByLabel('Часы работы').selectOption('own')
    for (const day of ['Понедельник', 'Вторник', 'Среда', 'Четверг', 'Пятница', 'Суббота', 'Воскресенье'])
      await rules.getByLabel(day).fill('00:00-24:00')
    await rules.getByLabel('Праздники и особые дни').fill('2040-01-01 Новый год')
    await picture(chief, 'team')
    await rules.getByRole('button', { name: 'Сохранить' }).click()
    await chief.getByText('Сохранено. Сроки ответа пересчитаны.').first().waitFor()
    const { items } = await call<{ items: { id: string }[] }>('GET', '/teams')
    const channels = await call<{ items: { id: string }[] }>('GET', '/channels')
    await call('PATCH', `/channels/${channels.items[0]?.id}`, { teamId: items[0]?.id })
    await boris.getByLabel('Ваш статус').selectOption({ label: 'Занят' })
    await chief.getByRole('row', { name: /Борис Шубин.*Занят/ }).waitFor()
    await submit(hookUrl, { Name: 'Алексей Воронин', Phone: '+7 937 072-11-05', Тема: 'Балкон под ключ' })
    await anna.getByText('Вам передан клиент: Алексей Воронин').first().waitFor(patient)
    await row(anna, /Алексей Воронин.*1[0-4] мин.*вы$/).waitFor()
    await row(anna, /Алексей Воронин/).click()
    await anna.getByText('Распределено: Анна Белова').first().waitFor()
    await picture(anna, 'waiting')
  })

  test('who goes hands over everything in one step, with what it is shown first', async () => {
    await chief
      .getByRole('row', { name: /Анна Белова/ })
      .getByRole('button', { name: 'Выключить' })
      .click()
    const dialog = chief.getByRole('dialog', { name: 'Анна Белова: кому передать дела' })
    await dialog.getByText('Задачи').first().waitFor()
    await dialog.getByLabel('Кому передать всё').selectOption({ label: 'Борис Шубин' })
    await picture(chief, 'leave')
    await dialog.getByRole('button', { name: 'Выключить и передать' }).click()
    await chief
      .getByText(/Доступ закрыт: Анна Белова\. Передано/)
      .first()
      .waitFor()
    await row(boris, /Алексей Воронин.*вы$/).waitFor()
    await boris.getByRole('link', { name: /Задачи/ }).click()
    await boris.getByText('Перезвонить про ламинацию').first().waitFor()
    await anna.reload()
    await anna.getByLabel('Почта').waitFor()
  })
})
