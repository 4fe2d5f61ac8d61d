import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hasChromium, openChromium } from '../support/chromium.ts'
import { seriousFaults } from './accessibility.ts'
import { type ConsoleHub, openConsoleHub } from './console-hub.ts'
import { goTo } from './go-to.ts'
import { chooseScheme, standStill } from './stand-still.ts'
import { openWatched, type WatchedContext } from './watched-context.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const apiKey = 'forms-tests-administrator-key-00000'
const pictures = process.env.E2E_PICTURES

// An integrator connects a site: a plain HTML form of another origin, its fields, tests, the catalogue, the health of the channel.
describe.skipIf(!hasChromium())('connecting a site form', () => {
  let hub: ConsoleHub
  let browser: Browser
  let office: WatchedContext
  let page: Page
  let site: Server
  let hookUrl = ''

  const call = async <Body>(method: string, path: string, body?: object): Promise<Body> => {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
    const answer = await fetch(`${hub.url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Body
  }
  const send = (fields: object) => fetch(hookUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) })
  const tab = (name: string) => page.getByRole('radiogroup', { name: 'Части формы' }).getByText(name, { exact: true })

  beforeAll(async () => {
    ;[hub, browser] = await Promise.all([openConsoleHub({ ADMIN_API_KEY: apiKey }), openChromium()])
    office = await openWatched(browser, hub.url)
    page = office.page
    if (pictures) mkdirSync(pictures, { recursive: true })
    site = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html><html lang="ru"><title>Окна</title>
        <form action="${hookUrl}" method="post"><label>Имя<input name="fio"></label><label>Телефон<input name="tel"></label>
        <label>Услуга<select name="usluga"><option value="17">Окна</option></select></label>
        <label><input type="checkbox" name="agree" value="1">Согласен</label><input type="hidden" name="consent_text" value="Согласен на обработку">
        <button>Отправить</button></form></html>`)
    })
    await once(site.listen(0, '127.0.0.1'), 'listening')
    await page.goto(hub.setupLink)
    await page.getByLabel('Название фирмы').fill('Контур Окна')
    await page.getByLabel('Ваше имя').fill('Ольга Романова')
    await page.getByLabel('Ваша почта').fill('olga@kontur-okna63.ru')
    await page.getByLabel('Пароль', { exact: false }).first().fill('stekla-na-balkone-6')
    await page.getByRole('button', { name: 'Готово' }).click()
    await page.getByRole('link', { name: 'Подключить первый канал' }).click()
  })
  afterAll(async () => {
    await browser?.close()
    await hub?.close()
    site?.close()
  })

  test('the catalogue shows everything by what it brings, and finds a builder by its name', async () => {
    await page.getByRole('button', { name: 'Добавить канал' }).click()
    for (const section of ['Формы и заявки', 'Мессенджеры и чат', 'Звонки', 'SMS', 'Почта'])
      await page.getByRole('region', { name: section }).waitFor()
    const { items } = await call<{ items: object[] }>('GET', '/connectors')
    await page.getByText(`найдено: ${items.length}`).first().waitFor()
    await lookAll('catalogue')
    await page.getByPlaceholder('Найти: сервис').fill('gravity')
    await page.getByText('найдено: 1').first().waitFor()
    await page.getByRole('button', { name: /Формы сайта/ }).waitFor()
    await page.getByPlaceholder('Найти: сервис').fill('нет такого')
    await page.getByText('Такого пока нет').first().waitFor()
  })

  test('the catalogue and the steps of a connector speak English too', async () => {
    await page.evaluate(() => localStorage.setItem('language', 'en'))
    await page.reload()
    await page.getByRole('button', { name: 'Add a channel' }).click()
    await page.getByRole('region', { name: 'Messengers and chat' }).waitFor()
    await picture('catalogue-en')
    await page.getByRole('button', { name: /Site forms/ }).click()
    await page.getByText('Save the channel: no setting has to be filled in.').first().waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await picture('add-channel-en')
    await page.evaluate(() => localStorage.setItem('language', 'ru'))
    await page.reload()
  })

  test('the lamp waits, a test does not turn it green, a form of another origin does, by itself', async () => {
    await goTo(page, 'Формы')
    await page.getByRole('button', { name: 'Новая форма' }).click()
    hookUrl =
      (await page
        .locator('code', { hasText: `${hub.url}/hooks/form/` })
        .first()
        .textContent()) ?? ''
    await page.getByText('Ждём первое обращение…').first().waitFor()
    await picture('form-waiting')
    await page.getByRole('button', { name: 'Отправить проверку' }).click()
    await page.getByText('Проверка дошла, ждём первое настоящее обращение').first().waitFor()

    const visitor = await (await browser.newContext()).newPage()
    await visitor.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
    await visitor.getByLabel('Имя').fill('Анна Ким')
    await visitor.getByLabel('Телефон').fill('8 (916) 123-45-67')
    await visitor.getByRole('checkbox').check()
    await visitor.getByRole('button').click()
    await visitor.getByRole('heading', { name: /Спасибо|Thank you/ }).waitFor()
    await visitor.context().close()

    await page.getByText('Обращения приходят').first().waitFor()
    await page.getByText('на карточке').first().waitFor()
    await lookAll('form-connect')
  })

  test('a pasted form is read and given back so that it sends here', async () => {
    await page.getByText('Уже есть форма или команда curl?').click()
    await page
      .getByLabel('Код формы, команда curl или JSON')
      .fill('<form action="/old"><label>Ваше имя<input name="f1"></label><input type="tel" name="f2"></form>')
    await page.getByRole('button', { name: 'Прочитать' }).click()
    await page.getByText(`<form action="${hookUrl}"`, { exact: false }).first().waitFor()
    await picture('form-paste')
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Запомнить соответствие полей' }).click()
    await page.getByText('Соответствие полей сохранено').first().waitFor()
  })

  test('fields are mapped on what really came, by list and by dragging, with the card and the match beside', async () => {
    await send({ fio: 'Анна К.', tel: '+7 916 123-45-67', usluga: '17', dopolnitelno: 'Балкон, шесть метров' })
    await tab('Поля').click()
    await page.getByText('Карточка уже есть').first().waitFor()
    await page.getByRole('link', { name: 'Анна Ким' }).waitFor()
    const card = page.getByRole('region', { name: 'Что станет карточкой' })
    await expect.poll(() => card.getByText('Второе касание открытого лида').or(card.getByText('Новый лид')).count()).toBe(1)
    await page.getByLabel('Что это: usluga').selectOption({ label: 'Тема' })
    await card.getByText('17', { exact: true }).first().waitFor()
    await page.getByRole('button', { name: 'Как прочитать значение поля usluga' }).click()
    await page.getByLabel('Варианты ответа').fill('17 = Окна')
    await page.getByRole('button', { name: 'Готово' }).click()
    await card.getByText('Окна', { exact: true }).first().waitFor()
    expect(await page.getByLabel('Что это: dopolnitelno').inputValue()).toBe('')
    await page.getByRole('cell', { name: 'dopolnitelno', exact: true }).dragTo(card.getByText('Текст обращения'))
    await expect.poll(() => page.getByLabel('Что это: dopolnitelno').inputValue()).toBe('text')
    await card.getByText('Балкон, шесть метров', { exact: true }).first().waitFor()
    await lookAll('form-fields')
  })

  test('what the past would have become is shown before anything is saved, and the former mapping comes back', async () => {
    await page.getByRole('button', { name: 'Что стало бы с последними 1 000' }).click()
    await page
      .getByText(/Просмотрено 3\. Ничего не записано/)
      .first()
      .waitFor()
    await page.getByText('иначе').first().waitFor()
    await picture('form-dry-run')
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Сохранить', exact: true }).click()
    await page.getByRole('button', { name: 'Вернуть прежнее' }).click()
    await page.getByText('Прежнее соответствие возвращено').first().waitFor()
    await page.getByText('Прежние настройки').click()
    await page
      .getByText(/Ольга Романова: полей задано: [1-9]/)
      .first()
      .waitFor()
  })

  test('the health of the channel says when, how fast, and what to do', async () => {
    await fetch(hookUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: 'not json' })
    await tab('Состояние').click()
    await page.getByText('Часть доставок не разобрана.', { exact: false }).first().waitFor()
    await page.getByText('тело — не JSON').or(page.getByText(/JSON/)).first().waitFor()
    await lookAll('form-health')
  })

  test('a test is marked in the log, taken off the cards, and said to be none again', async () => {
    await send({ fio: 'Проба Пробная', tel: '+7 916 999-99-99', note: 'test' })
    const count = async () => (await call<{ items: object[] }>('GET', '/contacts?query=Проба')).items.length
    await expect.poll(count).toBe(1)
    await goTo(page, 'Журнал')
    await page.getByRole('row').nth(1).click()
    await page.getByRole('link', { name: 'изменить соответствие' }).waitFor()
    await page.getByText('по имени').first().waitFor()
    await picture('log-fields')
    await page.getByRole('button', { name: 'Это проверка' }).click()
    await page.getByRole('button', { name: 'Убрать с карточек' }).first().click()
    await page
      .getByText(/Убрано: записей 1, лидов 1, карточек 1/)
      .first()
      .waitFor()
    await expect.poll(count).toBe(0)
    await page.getByLabel('Проверки').selectOption({ label: 'Только проверки' })
    await page.getByText('следы убраны').first().waitFor()
    await lookAll('log-tests')
    await page.getByRole('button', { name: 'Это не проверка' }).click()
    await expect.poll(count).toBe(1)
  })

  test('consent stands on the entry with its words and the address of the visitor', async () => {
    const { items } = await call<{ items: { id: string }[] }>('GET', '/contacts?query=Анна')
    await page.goto(`${hub.url}/waiting/${items[0]?.id}`)
    await page.getByText('Согласен на обработку').first().waitFor()
    await page.getByText('с адреса 127.0.0.1').first().waitFor()
    await picture('form-consent')
    expect(office.errors).toEqual([])
    expect(office.strangers).toEqual([])
  })

  async function picture(name: string): Promise<void> {
    if (!pictures) return
    await standStill(page)
    await page.screenshot({ path: join(pictures, `${name}.png`) })
  }

  /** Light, dark and on a phone: nothing serious for axe, nothing wider than the screen. */
  async function lookAll(name: string): Promise<void> {
    await picture(name)
    expect(await seriousFaults(page)).toEqual([])
    await chooseScheme(page, 'dark')
    await picture(`${name}-dark`)
    expect(await seriousFaults(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 844 })
    await picture(`${name}-phone-dark`)
    await chooseScheme(page, 'light')
    await picture(`${name}-phone`)
    expect(await seriousFaults(page)).toEqual([])
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.setViewportSize({ width: 1440, height: 900 })
  }
})
