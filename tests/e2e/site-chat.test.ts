import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hasChromium, openChromium } from '../support/chromium.ts'
import { type ConsoleHub, openConsoleHub } from './console-hub.ts'

// The chat in pages of another origin, in a real browser, with an operator in the real console at its other end.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const key = 'swb_key-of-the-chat-in-a-browser-0001'
const admin = { name: 'Ольга Реброва', email: 'olga@kontur-okna63.ru', password: 'kontur-okna-63' }
const patient = { timeout: 60_000 }
const hostile = '<img src=x onerror="document.title=\'hacked\'"> & <b>жирно</b> https://shop.example/a?b=1&c=2'

describe.skipIf(!hasChromium())('the chat of a site', () => {
  let hub: ConsoleHub
  let browser: Browser
  let site: Server
  let channel: { id: string; key: string }
  const markup = { ru: '', en: '' }

  beforeAll(async () => {
    ;[hub, browser] = await Promise.all([openConsoleHub({ ADMIN_API_KEY: key }), openChromium()])
    const token = new URL(hub.setupLink).searchParams.get('token')
    const firm = { name: 'Контур Окна', language: 'ru', timeZone: 'Europe/Samara', country: 'RU', client: 'contact' }
    await api('POST', '/setup', { token, admin, firm })
    site = createServer((request, response) => {
      const language = request.url?.startsWith('/en') ? 'en' : 'ru'
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...(request.url?.startsWith('/strict') && strict()) })
      response.end(markup[language])
    }).listen(0, '127.0.0.1')
    await once(site, 'listening')
    channel = await addChannel({
      origins: [siteUrl()],
      title: 'Контур Окна',
      consentText: 'Отправляя, вы соглашаетесь с политикой.',
      maxPerMinute: 500,
    })
    for (const language of ['ru', 'en'] as const) markup[language] = pageOf(language, channel.key)
  })
  afterAll(async () => {
    await browser?.close()
    await hub?.close()
    site?.close()
  })

  const siteUrl = () => `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  const strict = () => ({
    'content-security-policy': `default-src 'none'; script-src ${hub.url}; connect-src ${hub.url} ${hub.url.replace('http', 'ws')}; img-src ${hub.url}`,
  })
  const addChannel = (settings: object) => api<{ id: string; key: string }>('POST', '/channels', { connector: 'site-chat', name: 'Чат', settings })
  const pageOf = (language: string, channelKey: string) =>
    `<!doctype html><html lang="${language}"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Окна</title><main><h1>Окна</h1></main>
    <script src="${hub.url}/widget.js" data-channel="${channelKey}" async></script></html>`

  async function api<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const response = await fetch(`${hub.url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Answer
  }
  const conversations = async () => (await api<{ items: { id: string }[] }>('GET', `/conversations?channelId=${channel.id}&limit=50`)).items
  const messages = async (id: string) =>
    (
      await api<{ items: { id: string; text: string; direction: string; status: string | null; extra: Record<string, unknown> | null }[] }>(
        'GET',
        `/conversations/${id}/messages?limit=50`,
      )
    ).items

  async function conversationWith(text: string): Promise<string> {
    let found = ''
    await vi.waitFor(async () => {
      for (const { id } of await conversations()) if ((await messages(id)).some((one) => one.text.includes(text))) found = id
      expect(found, text).not.toBe('')
    }, patient)
    return found
  }

  /** A page of the site in a browser of its own; gathers what it asked of whom. */
  async function visit(path: string, options: BrowserContextOptions = {}): Promise<{ page: Page; asked: Set<string>; errors: string[] }> {
    const context = await browser.newContext({ viewport: { width: 1100, height: 760 }, reducedMotion: 'reduce', locale: 'ru-RU', ...options })
    context.setDefaultTimeout(patient.timeout)
    const page = await context.newPage()
    const asked = new Set<string>()
    const errors: string[] = []
    page.on('request', (request) => asked.add(new URL(request.url()).host))
    page.on('pageerror', (error) => errors.push(String(error)))
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    await page.goto(`${siteUrl()}${path}`)
    return { page, asked, errors }
  }
  const faults = async (page: Page) =>
    (await new AxeBuilder({ page }).include('[data-switchboard]').analyze()).violations.map(({ id, help }) => `${id}: ${help}`)

  async function signIn(): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'ru-RU', reducedMotion: 'reduce' })
    context.setDefaultTimeout(60_000)
    const page = await context.newPage()
    await page.goto(hub.url)
    await page.getByLabel('Почта').fill(admin.email)
    await page.getByLabel('Пароль').first().fill(admin.password)
    await page.keyboard.press('Enter')
    await page.getByText('онлайн').first().waitFor()
    return page
  }

  test('on a telephone, in English, with nobody there: a message is left with a way to answer, and a call asked for', async () => {
    const { page, asked, errors } = await visit('/en/prices?utm_source=vk', {
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
      locale: 'en-US',
    })
    await page.getByRole('button', { name: 'Open the chat' }).tap()
    const panel = page.getByRole('dialog', { name: 'Контур Окна' })
    await panel.getByText('We are away now').first().waitFor()
    await expect.poll(() => panel.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 })
    await panel.getByRole('button', { name: 'Leave a message' }).tap()
    await expect.poll(() => panel.getByLabel('Message').getAttribute('aria-invalid')).toBe('true')
    await panel.getByLabel('Message').fill('Please write to me')
    await panel.getByRole('button', { name: 'Leave a message' }).tap()
    await panel.getByText('Give a phone or an e-mail').first().waitFor()
    expect(await faults(page)).toEqual([])
    await panel.getByLabel('E-mail').fill('john@client.example')
    await panel.getByRole('button', { name: 'Leave a message' }).tap()
    const id = await conversationWith('Please write to me')
    expect((await messages(id))[0]?.extra).toMatchObject({ leftWhileAway: 'yes', consent: 'Отправляя, вы соглашаетесь с политикой.' })
    await panel.getByRole('button', { name: 'Call me back' }).tap()
    await panel.getByLabel('Phone').fill('+7 916 123-45-67')
    expect(await faults(page)).toEqual([])
    await panel.getByRole('button', { name: 'Call me', exact: true }).tap()
    await panel.getByText('Call me back: +7 916 123-45-67').first().waitFor()
    await vi.waitFor(async () => expect((await messages(id))[0]).toMatchObject({ extra: { callback: '+7 916 123-45-67' } }), patient)
    const waiting = await api<{ items: { id: string }[] }>('GET', `/conversations?state=waiting&channelId=${channel.id}&limit=50`)
    expect(waiting.items.map((one) => one.id)).toContain(id)
    expect([...asked].toSorted()).toEqual([new URL(hub.url).host, new URL(siteUrl()).host].toSorted())
    expect(await page.context().cookies()).toEqual([])
    expect(errors.filter((text) => !text.includes('favicon'))).toEqual([])
    await page.context().close()
  })

  test('visitor and operator see each other write and read; texts are texts; a reload keeps all', async () => {
    const operator = await signIn()
    const { page, errors } = await visit('/balkon')
    await page.getByRole('button', { name: 'Открыть чат' }).click()
    const panel = page.getByRole('dialog', { name: 'Контур Окна' })
    await panel.getByText('Мы на связи').first().waitFor()
    expect(await faults(page)).toEqual([])
    await panel.getByLabel('Имя').fill('Марина Осипова')
    await panel.getByLabel('Сообщение').fill(hostile)
    await panel.getByRole('button', { name: 'Начать чат' }).click()
    await panel.getByText('<b>жирно</b>').first().waitFor()
    expect(await panel.locator('img').count()).toBe(0)
    expect(await panel.getByRole('link', { name: 'https://shop.example/a?b=1&c=2' }).getAttribute('rel')).toContain('noopener')
    await operator
      .getByRole('region', { name: 'Ждут ответа' })
      .getByRole('link', { name: /Марина Осипова/ })
      .click()
    await operator.getByRole('img', { name: 'Клиент сейчас на сайте' }).waitFor()
    await panel.getByText('Прочитано').first().waitFor({ state: 'attached' })
    // A pen is shown for some seconds: it is looked for from before it moves.
    const clientWrites = operator.getByText('Клиент печатает…').first().waitFor()
    await panel.getByRole('textbox', { name: 'Напишите сообщение…' }).pressSequentially('Ещё вопрос')
    await clientWrites
    const field = operator.getByLabel('Напишите ответ')
    const operatorWrites = panel.getByText('Ольга Реброва печатает').first().waitFor()
    await field.pressSequentially('Добрый день, Марина!')
    await operatorWrites
    await field.press('Enter')
    await field.press('Enter')
    await panel.getByText('Добрый день, Марина!').first().waitFor()
    await panel.getByText('Ольга Реброва', { exact: true }).first().waitFor()
    await expect
      .poll(async () => (await messages(await conversationWith('жирно'))).find(({ direction }) => direction === 'outbound')?.status, patient)
      .toBe('read')
    await panel.getByRole('textbox').press('Enter')
    await operator.getByText('Ещё вопрос').last().waitFor()
    expect(await faults(page)).toEqual([])
    await page.reload()
    await panel.getByText('Добрый день, Марина!').first().waitFor()
    await expect.poll(() => panel.locator('.bubble').allInnerTexts()).toEqual([hostile, 'Добрый день, Марина!', 'Ещё вопрос'])
    expect(await page.title()).toBe('Окна')
    expect(errors.filter((text) => !text.includes('favicon'))).toEqual([])
    await page.keyboard.press('Escape')
    await panel.getByRole('textbox').focus()
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label'))
    await expect.poll(focused).toBe('Открыть чат')
    const id = await conversationWith('жирно')
    await api('POST', `/conversations/${id}/messages`, { text: 'Прислали смету' })
    await page.getByRole('button', { name: 'Открыть чат, непрочитанных: 1' }).waitFor()
    await expect.poll(async () => (await messages(id))[0]?.status, patient).toBe('delivered')
    await page.getByRole('button', { name: 'Открыть чат, непрочитанных: 1' }).click()
    await expect.poll(async () => (await messages(id))[0]?.status, patient).toBe('read')
    await page.context().close()
    await operator.getByRole('img', { name: 'Клиент сейчас на сайте' }).waitFor({ state: 'detached' })
    // Else the hub would take her for present a while longer, and the forms of the next tests would change under their hands.
    await operator.getByLabel('Ваш статус').selectOption({ label: 'Отошёл' })
    await expect.poll(async () => (await api<{ items: { state: string }[] }>('GET', '/presence')).items.map(({ state }) => state)).toEqual(['away'])
    await operator.context().close()
  })

  test('files go both ways, and what is too large is said before it is sent', async () => {
    const { page } = await visit('/strict')
    await page.getByRole('button', { name: 'Открыть чат' }).click()
    const panel = page.getByRole('dialog')
    await panel.getByText('Сейчас никого нет на месте.').first().waitFor()
    await panel.getByLabel('Телефон').fill('+7 916 765-43-21')
    await panel.getByLabel('Сообщение').fill('Пришлю план')
    await panel.locator('button[type=submit]').click()
    await panel.getByRole('textbox', { name: 'Напишите сообщение…' }).waitFor()
    const picker = page.locator('input[type=file]')
    await picker.setInputFiles({ name: 'huge.zip', mimeType: 'application/zip', buffer: Buffer.alloc(11_000_000) })
    await panel.getByText('Файл больше 10 МБ').first().waitFor()
    await picker.setInputFiles({ name: 'план.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 plan') })
    await panel.getByRole('button', { name: 'Отправить' }).click()
    const id = await conversationWith('Пришлю план')
    await vi.waitFor(async () => expect(await messages(id)).toMatchObject([{ attachments: [{ name: 'план.pdf' }] }, {}]), patient)
    const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
    const upload = await fetch(`${hub.url}/api/v1/attachments?name=цвет.png`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'image/png' },
      body: picture,
    })
    const attachment = (await upload.json()) as { id: string }
    await api('POST', `/conversations/${id}/messages`, { text: 'Такой цвет?', attachments: [attachment.id] })
    const shown = panel.getByRole('img', { name: 'цвет.png' })
    await shown.waitFor()
    await expect.poll(() => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth), patient).toBe(1)
    await page.context().close()
  })

  test('a hub that dies in the middle loses no word and doubles none', async () => {
    const { page } = await visit('/kill')
    await page.getByRole('button', { name: 'Открыть чат' }).click()
    const panel = page.getByRole('dialog')
    await panel.getByText('Сейчас никого нет на месте.').first().waitFor()
    await panel.getByLabel('Сообщение').fill('Слово до')
    await panel.getByLabel('Телефон').fill('+7 916 111-22-33')
    await panel.locator('button[type=submit]').click()
    const id = await conversationWith('Слово до')
    const write = panel.getByRole('textbox', { name: 'Напишите сообщение…' })
    const cut = () => panel.getByText('Нет связи').first().waitFor()
    const [restarting, wasCut] = [hub.killAndRestart(), cut()]
    for (const word of ['раз', 'два', 'три']) {
      await write.fill(word)
      await write.press('Enter')
    }
    await wasCut
    await restarting
    const texts = async () => (await messages(id)).map(({ text }) => text).toReversed()
    await vi.waitFor(async () => expect(await texts()).toEqual(['Слово до', 'раз', 'два', 'три']), patient)
    await api('POST', `/conversations/${id}/messages`, { text: 'Мы снова здесь' })
    await panel.getByText('Мы снова здесь').first().waitFor({ timeout: 60_000 })
    await expect.poll(() => panel.locator('.bubble').allInnerTexts()).toEqual(['Слово до', 'раз', 'два', 'три', 'Мы снова здесь'])
    // And once more, with the page closed before the hub is back: what was written waits in the browser.
    const [again, wasCutAgain] = [hub.killAndRestart(), cut()]
    await wasCutAgain
    await write.fill('четыре')
    await write.press('Enter')
    const next = await page.context().newPage()
    await page.close()
    await again
    const other = await next.context().newPage()
    await other.goto(`${siteUrl()}/kill`)
    await other.getByRole('dialog').getByText('Мы снова здесь').first().waitFor()
    await next.goto(`${siteUrl()}/kill`)
    await vi.waitFor(async () => expect((await texts()).at(-1)).toBe('четыре'), patient)
    await next.getByRole('dialog').getByText('четыре').first().waitFor()
    await expect.poll(async () => next.getByRole('dialog').locator('.bubble').allInnerTexts()).toEqual(await texts())
    await next.getByRole('dialog').getByRole('textbox').fill('пять')
    await next.getByRole('dialog').getByRole('textbox').press('Enter')
    await other.getByRole('dialog').getByText('пять').first().waitFor()
    await expect.poll(async () => (await texts()).at(-1)).toBe('пять')
    await expect.poll(() => other.getByRole('dialog').locator('.bubble').allInnerTexts()).toEqual(await texts())
    await next.context().close()
  })

  test('a client who has signed in on the site is known on every device, and nobody after him', async () => {
    const secret = 'secret-of-the-site-in-a-browser'
    const own = await addChannel({ identifySecret: secret, askName: 'no' })
    const hash = createHmac('sha256', secret).update('client-77').digest('hex')
    const queue = `<script>window.Switchboard = window.Switchboard || function () { (Switchboard.q = Switchboard.q || []).push([].slice.call(arguments)) }
      Switchboard('identify', { userId: 'client-77', hash: '${hash}', name: 'Олег Дмитриев' })</script>`
    markup.en = pageOf('en', own.key).replace('<script', `${queue}<script`)
    const desk = await visit('/en/account')
    await desk.page.evaluate("Switchboard('open')")
    const firstPanel = desk.page.getByRole('dialog')
    await firstPanel.getByRole('textbox').last().waitFor()
    if (await firstPanel.getByLabel('E-mail').isVisible()) await firstPanel.getByLabel('E-mail').fill('oleg@client.example')
    await firstPanel.getByRole('textbox').last().fill('Where is my order?')
    await firstPanel.locator('button[type=submit]').click()
    await firstPanel.getByText('Sent').first().waitFor({ state: 'attached' })
    const phone = await visit('/en/account', { viewport: { width: 390, height: 844 } })
    await phone.page.evaluate("Switchboard('open')")
    await phone.page.getByRole('dialog').getByText('Where is my order?').first().waitFor()
    const { items } = await api<{ items: { contactId: string }[] }>('GET', `/conversations?channelId=${own.id}`)
    expect(items).toHaveLength(1)
    expect(await api('GET', `/contacts/${items[0]?.contactId}`)).toMatchObject({
      name: 'Олег Дмитриев',
      identities: expect.arrayContaining([expect.objectContaining({ kind: 'site-user', evidence: 'attested' })]),
    })
    await phone.page.evaluate("Switchboard('logout')")
    await phone.page.getByText('Where is my order?').first().waitFor({ state: 'detached' })
    await expect.poll(() => phone.page.evaluate('JSON.stringify(localStorage)')).not.toContain('token')
    await desk.page.context().close()
    await phone.page.context().close()
  })

  test('a site that is not allowed shows no chat and says why to its developer', async () => {
    const other = await addChannel({ origins: ['other.example'] })
    markup.en = pageOf('en', other.key)
    const { page, errors } = await visit('/en')
    await expect.poll(() => errors.join(), patient).toContain('not shown')
    expect(await page.getByRole('button').count()).toBe(0)
    await page.context().close()
  })
})
