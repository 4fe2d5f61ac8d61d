import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hasChromium, openChromium } from '../support/chromium.ts'
import { encodeAs } from '../support/encode-as.ts'
import { seriousFaults } from './accessibility.ts'
import { type ConsoleHub, openConsoleHub } from './console-hub.ts'
import { openWatched, type WatchedContext } from './watched-context.ts'

// A newcomer brings the old base: an Excel table in its Russian encoding, through every step to its undoing.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const admin = { name: 'Ольга Реброва', email: 'olga@kontur-okna63.ru', password: 'kontur-okna-63' }
const firm = { name: 'Контур Окна', language: 'ru', timeZone: 'Europe/Samara', country: 'RU', client: 'contact' }
const key = 'swb_key-of-the-firm-that-moves-in-001'
/** Where to leave pictures; nowhere when unset. */
const pictures = process.env.E2E_PICTURES

const table = [
  'ФИО;Телефоны;Эл. почта;Компания;Ответственный;Дата рождения;Комментарий',
  'Осипова Марина;8 (927) 004-18-36, +7 846 200-10-20 доб. 12;m.osipova@mail.ru;;olga@kontur-okna63.ru;31.12.1980;"Балкон 6 м',
  'просила ""тёплый"""',
  'Воронин Алексей;8 937 072 11 05;voronin@vhod-group.ru;ООО «Вход»;;1985-03-02;',
  'Лапин Игорь;+7 917 118-40-22;;ооо "вход";Сидоров;;',
  'Гатин Руслан;8 (927) 004-18-36;;;;;',
  'Без Телефона;нет;;;;;',
  'Кривая Дата;8 902 331 08 15;;;;32.13.1980;',
  ';;;;;;только комментарий',
].join('\r\n')

describe.skipIf(!hasChromium())('moving in', () => {
  let hub: ConsoleHub
  let browser: Browser
  let office: WatchedContext
  let page: Page

  beforeAll(async () => {
    if (pictures) mkdirSync(pictures, { recursive: true })
    ;[hub, browser] = await Promise.all([openConsoleHub({ ADMIN_API_KEY: key }), openChromium()])
    const token = new URL(hub.setupLink).searchParams.get('token')
    await call('POST', '/setup', { token, admin, firm })
    await call('POST', '/contacts', { name: 'Лапин И.', identities: [{ kind: 'phone', value: '+79171184022' }] })
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

  async function call(method: string, path: string, body?: object): Promise<ReturnType<typeof JSON.parse>> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const answer = await fetch(`${hub.url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return await answer.json()
  }
  const contacts = async () => (await call('GET', '/contacts')).items.length as number
  const give = (name: string, buffer: Buffer) => page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer })
  const verdict = (name: string, count: number) => page.getByRole('button', { name: `${count} ${name}`, exact: false })
  async function picture(name: string): Promise<void> {
    if (!pictures) return
    await page.evaluate('document.fonts.ready')
    await page.waitForTimeout(300)
    await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
  }

  test('the way in is beside the clients, and says what it takes', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Клиенты' }).click()
    await page.getByRole('button', { name: 'Импорт' }).click()
    await page.getByText('Перетащите сюда таблицу с клиентами').first().waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await picture('import-empty')
  })

  test('a file that is no table says what it is, and what to do', async () => {
    await give('clients.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]))
    await page.getByRole('alert').getByText('старый формат Excel').first().waitFor()
    await picture('import-failed')
    await page.getByRole('button', { name: 'Все импорты' }).click()
  })

  test('the encoding is known and the columns are guessed, shown on the rows of the file', async () => {
    await give('клиенты.csv', encodeAs('windows-1251', table))
    await page.getByText('Что в каких столбцах').first().waitFor()
    await page.getByText('windows-1251').first().waitFor()
    const chosen = (header: string) => page.getByRole('combobox', { name: header }).inputValue()
    const headers = ['ФИО', 'Телефоны', 'Эл. почта', 'Компания', 'Ответственный', 'Дата рождения', 'Комментарий']
    await expect.poll(() => Promise.all(headers.map(chosen))).toEqual(['name', 'phone', 'email', 'company', 'owner', 'date', 'field'])
    const card = page.getByRole('article').filter({ hasText: 'Осипова Марина' })
    await card.getByText('+7 927 004-18-36 · +7 846 200-10-20 · m.osipova@mail.ru').first().waitFor()
    await card.getByText('1980-12-31').first().waitFor()
    await picture('import-columns')
    expect(await seriousFaults(page)).toEqual([])
  })

  test('a column that is changed changes the cards beside it', async () => {
    await page.getByRole('combobox', { name: 'Комментарий' }).selectOption('ignore')
    await page.getByRole('article').getByText('просила').first().waitFor({ state: 'detached' })
    await page.getByRole('combobox', { name: 'Комментарий' }).selectOption('field')
    await page.getByRole('article').getByText('просила').first().waitFor()
  })

  test('the check tells what each row would be, and why, and changes nothing', async () => {
    await page.getByRole('button', { name: 'Проверить' }).click()
    await verdict('Новые', 3).waitFor()
    await verdict('Уже есть', 1).waitFor()
    await verdict('Сомнительные', 1).click()
    await page.getByText('такой телефон или почта у другого: Осипова Марина').first().waitFor()
    await verdict('С ошибкой', 2).click()
    await page.getByText('не дата: 32.13.1980').first().waitFor()
    await page.getByText('нет ни имени, ни телефона, ни почты').first().waitFor()
    await picture('import-check')
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Скачать эти строки' }).click()
    const rows = await readFile(await (await download).path(), 'utf8')
    expect(rows.split('\r\n')).toHaveLength(4)
    expect(rows).toContain('Кривая Дата')
    expect(await contacts()).toBe(1)
    expect(await seriousFaults(page)).toEqual([])
  })

  test('the import makes the cards, with their companies, owners and fields', async () => {
    await page.getByRole('button', { name: 'Импортировать 4' }).click()
    await page.getByText('Импорт закончен').first().waitFor()
    expect(await contacts()).toBe(4)
    const [marina] = (await call('GET', '/contacts?query=89270041836')).items
    expect(marina).toMatchObject({ name: 'Осипова Марина', stage: 'client', fields: { Комментарий: 'Балкон 6 м\nпросила "тёплый"' } })
    expect(marina.ownerId).not.toBeNull()
    const { items: companies } = await call('GET', '/companies')
    expect(companies).toMatchObject([{ name: 'ООО «Вход»', people: 2 }])
    await picture('import-done')
    await page.getByRole('button', { name: 'Открыть клиентов' }).click()
    await page.getByText('Воронин Алексей').first().waitFor()
  })

  test('what is listed can be had as a file, with the search applied', async () => {
    await page.getByRole('textbox', { name: 'Найти' }).fill('Воронин')
    await page.getByText('Осипова Марина').first().waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Выгрузить' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Таблица CSV для Excel' }).click()
    const text = await readFile(await (await download).path(), 'utf8')
    expect(text.startsWith('\ufeffID;Клиент;')).toBe(true)
    expect(text.trim().split('\r\n')).toHaveLength(2)
    expect(text).toContain("'+79370721105")
  })

  test('the same headers are known again, and the same rows are no news', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('textbox').fill('Импорт')
    await page.getByRole('dialog').getByRole('button', { name: 'Импорт' }).click()
    await page.getByText('Прежние импорты').first().waitFor()
    await give('ещё раз.csv', Buffer.from(`\ufeff${table}`))
    await page.getByText('Столбцы расставлены как в прошлый раз').first().waitFor()
    await page.getByRole('button', { name: 'Проверить' }).click()
    await verdict('Новые', 0).waitFor()
    await page.getByRole('button', { name: 'Все импорты' }).click()
  })

  test('an import is taken back, and what stays is told with its reason', async () => {
    const [voronin] = (await call('GET', '/contacts?query=89370721105')).items
    await call('PATCH', `/contacts/${voronin.id}`, { name: 'Воронин Алексей Петрович' })
    await page.getByRole('row', { name: /клиенты.csv/ }).click()
    await page.getByRole('button', { name: 'Отменить импорт' }).click()
    await page.getByRole('heading', { name: 'Импорт отменён' }).waitFor()
    await page.getByText('карточку с тех пор правили').first().waitFor()
    await picture('import-undone')
    const { items } = await call('GET', '/contacts')
    expect(items.map(({ name }: { name: string }) => name).toSorted()).toEqual(['Воронин Алексей Петрович', 'Лапин И.'])
    expect(items.find(({ name }: { name: string }) => name === 'Лапин И.')).toMatchObject({ companyId: null, fields: {} })
  })

  test('on a phone nothing is wider than the phone, and nobody complained', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await picture('import-phone')
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    await page.goto(`${hub.url}/clients`)
    await page.getByRole('button', { name: 'Выгрузить' }).waitFor()
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    expect(office.errors).toEqual([])
    expect(office.strangers).toEqual([])
  })
})
