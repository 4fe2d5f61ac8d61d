import { readFile } from 'node:fs/promises'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hasChromium, openChromium } from '../support/chromium.ts'
import { seriousFaults } from './accessibility.ts'
import { type ConsoleHub, openConsoleHub } from './console-hub.ts'
import { goTo } from './go-to.ts'
import { openWatched, type WatchedContext } from './watched-context.ts'

// A manager's hour with the calls of the day: chance says which, he marks them, and takes both tables with him.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const key = 'swb_key-of-the-firm-that-is-reviewed-1'
const secret = 'secret-of-the-pbx-0123456789'
const admin = { name: 'Ольга Реброва', email: 'olga@kontur-okna63.ru', password: 'kontur-okna-63' }
const firm = { name: 'Контур Окна', language: 'ru', timeZone: 'Europe/Samara', country: 'RU', client: 'contact' }
const patient = { timeout: 60_000 }

describe.skipIf(!hasChromium())('the review of a day', () => {
  let hub: ConsoleHub
  let browser: Browser
  let office: WatchedContext
  let page: Page
  let hookUrl: string

  async function call(method: string, path: string, body?: object): Promise<ReturnType<typeof JSON.parse>> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const answer = await fetch(`${hub.url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return await answer.json()
  }

  async function talk(extension: string, number: number): Promise<void> {
    const at = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString()
    const told = { direction: 'inbound', outcome: 'answered', startedAt: at(3), answeredAt: at(2), endedAt: at(1), waitSeconds: 1, talkSeconds: 50 }
    const event = { ...told, event: 'summary', callId: `${extension}-${number}`, from: `+79270${extension}00${number}`, extension }
    const headers = { 'content-type': 'application/json', 'x-hub-key': secret }
    const answer = await fetch(hookUrl, { method: 'POST', headers, body: JSON.stringify([event]) })
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  }

  async function taken(act: Locator): Promise<string[]> {
    const [download] = await Promise.all([page.waitForEvent('download', patient), act.click()])
    return (await readFile(await download.path(), 'utf8')).split('\r\n')
  }

  beforeAll(async () => {
    ;[hub, browser] = await Promise.all([openConsoleHub({ ADMIN_API_KEY: key }), openChromium()])
    const token = new URL(hub.setupLink).searchParams.get('token')
    await call('POST', '/setup', { token, admin, firm })
    ;({ hookUrl } = await call('POST', '/channels', { connector: 'pbx-webhook', name: 'АТС', settings: { secret } }))
    for (const [name, value] of [
      ['=Анна Белова', '101'],
      ['Борис Шубин', '102'],
    ]) {
      const made = await call('POST', '/users', { name, email: `${value}@kontur-okna63.ru`, role: 'operator', language: 'ru' })
      await call('PUT', `/users/${made.user.id}/numbers`, { items: [{ channelId: null, value }] })
    }
    for (const number of [1, 2, 3, 4, 5]) await talk('101', number)
    for (const number of [1, 2, 3]) await talk('102', number)
    await vi.waitUntil(async () => (await call('GET', '/calls')).items.length === 8, patient)
    office = await openWatched(browser, hub.url)
    page = office.page
    await page.goto(hub.url)
    await page.getByLabel('Почта').fill(admin.email)
    await page.getByLabel('Пароль').first().fill(admin.password)
    await page.keyboard.press('Enter')
    await page.getByText('онлайн').first().waitFor()
    await goTo(page, 'Звонки')
  })
  afterAll(async () => {
    await browser?.close()
    await hub?.close()
  })

  const rows = () => page.getByRole('table', { name: 'Звонки' }).getByRole('row').filter({ hasText: '+7 927' })

  test('chance draws two of each operator, and no more when it is asked again', async () => {
    await page.getByRole('button', { name: 'Чек-лист' }).click()
    await page.getByLabel('Случайных звонков на оператора в день').fill('2')
    await page.getByRole('dialog').getByRole('button', { name: 'Сохранить' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Сделать выборку' }).click()
    await page.getByText('Выбрано звонков: 4').first().waitFor()
    await expect.poll(() => rows().count(), patient).toBe(4)
    expect(await rows().filter({ hasText: '=Анна' }).count()).toBe(2)
    await page.getByRole('button', { name: 'Сделать выборку' }).click()
    await page.getByText('Выбрано звонков: 0').first().waitFor()
    expect(await rows().count()).toBe(4)
    expect(await seriousFaults(page)).toEqual([])
  })

  test('what he marks is in the table he takes, which Excel opens by itself', async () => {
    await rows().filter({ hasText: '=Анна' }).first().click()
    const review = page.getByRole('region', { name: 'Звонок' })
    await review.getByRole('group', { name: 'Представился, назвал фирму' }).getByRole('button', { name: '1' }).click()
    await review.getByRole('group', { name: 'Назвал срок' }).getByRole('button', { name: '0' }).click()
    await review.getByRole('button', { name: 'Сохранить и дальше' }).click()
    await rows().getByText('1 из 2').first().waitFor()
    const lines = await taken(page.getByRole('link', { name: 'CSV' }))
    expect(lines[0]).toMatch(/^\ufeffПроверено;Что;Чья работа;Кто проверил;.*Представился, назвал фирму;.*;Единиц;Отмечено;Код$/)
    expect(lines[1]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d;call;'=Анна Белова;Ольга Реброва;1;.*0;.*;1;2;[\w-]+$/)
    expect(lines).toHaveLength(3)
  })

  test('the file of calls holds the calls that stand on the list', async () => {
    const choose = async () => {
      await page.getByRole('button', { name: 'Выгрузить' }).click()
      return page.getByRole('menuitem', { name: 'Звонки, CSV' })
    }
    const drawn = await taken(await choose())
    expect(drawn[0]).toMatch(/^\ufeffID;Время;Клиент;/)
    expect(drawn).toHaveLength(6)
    expect(drawn[1]).toMatch(/;'\+79270\d+;/)
    await page.getByText('Без оценки').click()
    await expect.poll(() => rows().count(), patient).toBe(7)
    expect(await taken(await choose())).toHaveLength(9)
    await page.getByText('Все', { exact: true }).first().click()
    await expect.poll(() => rows().count(), patient).toBe(8)
    expect(await taken(await choose())).toHaveLength(10)
    expect(office.errors).toEqual([])
  })
})
