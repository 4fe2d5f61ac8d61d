import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hasChromium, openChromium } from '../support/chromium.ts'
import { middayZone } from '../support/midday-zone.ts'
import { seriousFaults } from './accessibility.ts'
import { type ConsoleHub, openConsoleHub } from './console-hub.ts'
import { submit } from './firm.ts'
import { standStill } from './stand-still.ts'

// The manager's page over real submissions: numbers that open their rows, and what an operator logs by hand.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const key = 'swb_key-of-the-firm-that-counts-00001'
const admin = { name: 'Ольга Реброва', email: 'olga@kontur-okna63.ru', password: 'kontur-okna-63' }
const firm = { name: 'Контур Окна', language: 'ru', timeZone: middayZone(), country: 'RU', client: 'contact' }
const patient = { timeout: 60_000 }
const shots = process.env.SHOTS ?? join(tmpdir(), 'switchboard-today')

describe.skipIf(!hasChromium())('a manager', () => {
  let hub: ConsoleHub
  let browser: Browser
  let chief: Page
  let anna: Page
  let hookUrl = ''

  async function call<Body>(method: string, path: string, body?: object): Promise<Body> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const answer = await fetch(`${hub.url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Body
  }

  async function hire(name: string, email: string, role: string): Promise<Page> {
    const { temporaryPassword } = await call<{ temporaryPassword: string }>('POST', '/users', { name, email, role, language: 'ru' })
    const look = { viewport: { width: 1440, height: 900 }, locale: 'ru-RU', timezoneId: 'Europe/Samara', reducedMotion: 'reduce' } as const
    const page = await (await browser.newContext(look)).newPage()
    page.setDefaultTimeout(patient.timeout)
    await page.goto(hub.url)
    await page.getByLabel('Почта').fill(email)
    await page.getByLabel('Пароль').first().fill(temporaryPassword)
    await page.keyboard.press('Enter')
    await page.getByText('онлайн').first().waitFor()
    return page
  }

  async function picture(page: Page, name: string): Promise<void> {
    await standStill(page)
    await page.screenshot({ path: join(shots, `${name}.png`) })
    expect(await seriousFaults(page)).toEqual([])
  }

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    ;[hub, browser] = await Promise.all([openConsoleHub({ ADMIN_API_KEY: key }), openChromium()])
    const token = new URL(hub.setupLink).searchParams.get('token')
    const headers = { 'content-type': 'application/json' }
    const made = await fetch(`${hub.url}/api/v1/setup`, { method: 'POST', headers, body: JSON.stringify({ token, admin, firm }) })
    if (!made.ok) throw new Error(`set-up: ${made.status} ${await made.text()}`)
    hookUrl = (await call<{ hookUrl: string }>('POST', '/channels', { connector: 'form', name: 'Сайт', settings: {} })).hookUrl
    for (const [name, topic, source] of [
      ['Марина Осипова', 'Балкон', 'yandex'],
      ['Пётр Сомов', 'Окна', 'yandex'],
      ['Инна Козлова', 'Окна', ''],
    ] as const)
      await submit(hookUrl, { Name: name, Phone: `+7927004${1000 + name.length * 7}`, Тема: topic, ...(source && { utm_source: source }) })
    await submit(hookUrl, { Phone: '+79270049977', Тема: 'Замер' })
    await call('POST', '/teams', { name: 'Сервис' })
    chief = await hire('Игорь Мельник', 'igor@kontur-okna63.ru', 'manager')
    anna = await hire('Анна Белова', 'anna@kontur-okna63.ru', 'operator')
  })
  afterAll(async () => {
    await browser?.close()
    await hub?.close()
  })

  test('begins with the day, in which each number opens as many rows as it says', async () => {
    await chief.getByRole('heading', { name: 'Сегодня' }).waitFor(patient)
    const tile = chief.getByRole('button', { name: '4', exact: true }).first()
    await tile.waitFor(patient)
    await chief.getByText('сходится').first().waitFor()
    await chief.getByText('p90 — · n = 0').first().waitFor()
    await picture(chief, 'today')
    await tile.click()
    const rows = chief.getByRole('dialog')
    await rows.getByText('Марина Осипова').first().waitFor(patient)
    await rows.getByRole('link', { name: '+7 927 004-99-77' }).waitFor()
    expect(await rows.locator('tbody tr').count()).toBe(4)
    await picture(chief, 'rows')
    await chief.keyboard.press('Escape')
    await chief.getByRole('button', { name: 'Обращения', exact: true }).click()
    await chief
      .getByText(/Без карантина, автоответов/)
      .first()
      .waitFor()
    await picture(chief, 'definition')
    await chief.keyboard.press('Escape')
  })

  test('sees at once what an operator logged by hand, and the client waits no more', async () => {
    await anna
      .getByRole('region', { name: 'Ждут ответа' })
      .getByRole('link', { name: /Пётр Сомов/ })
      .click()
    await anna.getByRole('button', { name: /Записать вручную/ }).waitFor(patient)
    await anna.keyboard.press('l')
    const form = anna.getByRole('dialog')
    await form.getByLabel('Как', { exact: true }).selectOption('voice')
    await form.getByLabel('Кто начал').selectOption('outbound')
    await form.getByLabel('Результат').selectOption('Договорились')
    await form.getByLabel('Что было').fill('Замер в пятницу, в десять')
    await picture(anna, 'by-hand')
    await form.getByRole('button', { name: 'Записать' }).click()
    await anna.getByText('Замер в пятницу, в десять').first().waitFor(patient)
    await expect
      .poll(
        () =>
          anna
            .getByRole('region', { name: 'Ждут ответа' })
            .getByRole('link', { name: /Пётр Сомов/ })
            .count(),
        patient,
      )
      .toBe(0)
    await picture(anna, 'logged')
    const row = chief.getByRole('region', { name: 'Кто что сделал' }).getByRole('row', { name: /Анна Белова/ })
    await expect.poll(() => row.getByRole('cell').allTextContents(), patient).toEqual(expect.arrayContaining(['Анна Белова', '1']))
  })

  test('finds what a record by hand said before, and who changed it', async () => {
    await anna.getByRole('button', { name: 'Исправить' }).click()
    const form = anna.getByRole('dialog')
    await form.getByLabel('Что было').fill('Замер в субботу, в полдень')
    await form.getByRole('button', { name: 'Исправить' }).click()
    await anna.getByText('Замер в субботу, в полдень').first().waitFor(patient)
    await anna.getByRole('button', { name: 'изменено' }).click()
    const former = anna.getByRole('list', { name: 'Что было раньше' })
    await former
      .getByText(/Анна Белова: исправление · было: Звонок со своего телефона · .*Договорились · Замер в пятницу, в десять/)
      .first()
      .waitFor(patient)
    await picture(anna, 'history')
  })

  test('gives whom nobody answered to somebody, from the row', async () => {
    const left = chief.getByRole('region', { name: 'Лиды без касания' }).getByRole('row', { name: /Инна Козлова/ })
    await left.getByLabel('Кому дать').selectOption({ label: 'Анна Белова' })
    await chief.getByText('Отдано: Анна Белова').first().waitFor()
    const { items } = await call<{ items: { id: string; name: string }[] }>('GET', '/users?limit=50')
    const annaId = items.find(({ name }) => name === 'Анна Белова')?.id
    const owned = await call<{ items: { topic: string }[] }>('GET', `/leads?ownerId=${annaId}`)
    expect(owned.items.map(({ topic }) => topic)).toEqual(['Окна'])
    expect((await call<{ items: unknown[] }>('GET', `/conversations?assignee=${annaId}`)).items).toHaveLength(1)
    await anna.reload()
    await anna.getByText('Мой день').click()
    await anna
      .getByText(/записано вручную 1/)
      .first()
      .waitFor()
    await picture(anna, 'own-day')
  })

  test('chooses a team: what is not its own is not on the page', async () => {
    await chief.getByLabel('Отдел').selectOption('Сервис')
    await chief.getByText('За эти дни обращений не было').first().waitFor(patient)
    await chief.getByLabel('Отдел').selectOption('Без отдела')
    await chief.getByRole('button', { name: '4', exact: true }).first().waitFor(patient)
    await picture(chief, 'team')
    await chief.getByLabel('Отдел').selectOption('Все отделы')
  })

  test('finds the day empty that was empty, and says so', async () => {
    await chief.getByText('Вчера', { exact: true }).click()
    await chief.getByText('За эти дни обращений не было').first().waitFor(patient)
    await picture(chief, 'empty')
  })
})
