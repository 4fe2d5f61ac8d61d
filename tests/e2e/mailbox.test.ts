import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hasChromium, openChromium } from '../support/chromium.ts'
import { type Dovecot, hasDovecot, startDovecot } from '../support/dovecot.ts'
import { type FakeOAuth, startFakeOAuth } from '../support/fake-oauth.ts'
import { seriousFaults } from './accessibility.ts'
import { type ConsoleHub, openConsoleHub } from './console-hub.ts'
import { standStill } from './stand-still.ts'

// An administrator connects a mailbox: by its address alone, and by signing in at its provider.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const admin = { name: 'Ольга', email: 'boss@shop.example', password: 'a-long-password' }
const firm = { name: 'Shop', language: 'ru', timeZone: 'Europe/Samara', country: 'RU', client: 'contact' }
const key = 'swb_key-of-the-shop-with-a-mailbox-01'
const address = 'sales@gmail.com'

describe.skipIf(!hasChromium() || !hasDovecot())('connecting a mailbox', () => {
  let hub: ConsoleHub
  let vendor: FakeOAuth
  let mailServer: Dovecot
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    ;[hub, browser] = await Promise.all([openConsoleHub({ ADMIN_API_KEY: key }), openChromium()])
    const token = new URL(hub.setupLink).searchParams.get('token')
    const headers = { 'content-type': 'application/json' }
    const made = await fetch(`${hub.url}/api/v1/setup`, { method: 'POST', headers, body: JSON.stringify({ token, admin, firm }) })
    if (!made.ok) throw new Error(`set-up: ${made.status} ${await made.text()}`)
    vendor = await startFakeOAuth(address, () => `${hub.url}/api/v1/channels/consent/return`)
    mailServer = await startDovecot({ introspectionUrl: vendor.introspectionUrl })
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'ru-RU', reducedMotion: 'reduce' })).newPage()
    page.setDefaultTimeout(60_000)
    await page.goto(hub.url)
    await page.getByLabel('Почта').fill(admin.email)
    await page.getByLabel('Пароль').first().fill(admin.password)
    await page.keyboard.press('Enter')
    await page.getByText('онлайн').first().waitFor()
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await mailServer?.stop()
    await vendor?.close()
    await hub?.close()
  })

  test('the address fills in the servers, and what is typed wins', async () => {
    await page.getByRole('link', { name: 'Каналы' }).click()
    await page.getByRole('button', { name: 'Добавить канал' }).first().click()
    await page.getByRole('button', { name: /Электронная почта/ }).click()
    await page.getByLabel('Адрес ящика').fill('shop@yandex.ru')
    await page.getByText('Узнали: Яндекс, по адресу').first().waitFor()
    await page.getByText('Ещё настройки').click()
    const server = page.getByLabel('Сервер IMAP или POP3')
    await expect.poll(() => server.inputValue()).toBe('imap.yandex.ru')
    await page.getByLabel('Адрес ящика').fill(address)
    await page.getByText('Узнали: Google, по адресу').first().waitFor()
    await expect.poll(() => server.inputValue()).toBe('imap.gmail.com')
    await server.fill('127.0.0.1')
    await page.getByLabel('Адрес ящика').fill('shop@mail.ru')
    await page.getByText('Узнали: Mail.ru, по адресу').first().waitFor()
    await expect.poll(() => server.inputValue()).toBe('127.0.0.1')
    await expect.poll(() => page.getByLabel('Сервер SMTP').inputValue()).toBe('smtp.mail.ru')
    await standStill(page)
    expect(await seriousFaults(page)).toEqual([])
  })

  test('a channel that nobody has signed in to says so, and works after «Войти через Google»', async () => {
    const settings = {
      address,
      oauthClientId: vendor.client.id,
      oauthClientSecret: vendor.client.secret,
      oauthAuthorizeUrl: vendor.authorizeUrl,
      oauthTokenUrl: vendor.tokenUrl,
      host: '127.0.0.1',
      port: mailServer.imapPort,
      security: 'none',
    }
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ connector: 'email', name: 'Продажи', settings })
    expect((await fetch(`${hub.url}/api/v1/channels`, { method: 'POST', headers, body })).status).toBe(201)
    await page.goto(`${hub.url}/channels`)
    await page.getByRole('button', { name: /Продажи/ }).click()
    await page.getByLabel('Продажи').getByText('В этот ящик ещё никто не вошёл').first().waitFor()
    await page.getByRole('button', { name: 'Войти через Google' }).click()
    await page.getByText('Вход выполнен').first().waitFor()
    await page.getByLabel('Продажи').getByText('Ждём первое обращение').first().waitFor()
    await expect.poll(() => page.url()).toBe(`${hub.url}/channels`)
  })
})
