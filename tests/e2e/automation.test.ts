import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Browser, Page } from 'playwright-core'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hasChromium, openChromium } from '../support/chromium.ts'
import { freePort } from '../support/hub-process.ts'
import { type WebhookReceiver, webhookReceiver } from '../support/webhook-receiver.ts'
import { seriousFaults } from './accessibility.ts'
import { type ConsoleHub, openConsoleHub } from './console-hub.ts'
import { submit } from './firm.ts'
import { goTo } from './go-to.ts'
import { chooseScheme, standStill } from './stand-still.ts'
import { openWatched, type WatchedContext } from './watched-context.ts'

// A form is answered by itself, its author says stop, and another program hears of it all.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const key = 'swb_key-of-the-firm-that-answers-0002'
const admin = { name: 'Ольга Реброва', email: 'olga@kontur-okna63.ru', password: 'kontur-okna-63' }
const firm = { name: 'Контур Окна', language: 'ru', timeZone: 'Europe/Samara', country: 'RU', client: 'contact' }
const patient = { timeout: 60_000 }
/** Where to leave pictures; nowhere when unset. */
const pictures = process.env.E2E_PICTURES

describe.skipIf(!hasChromium())('what goes by itself, from the console', () => {
  let hub: ConsoleHub
  let browser: Browser
  let office: WatchedContext
  let page: Page
  let receiver: WebhookReceiver
  let outside: SMTPServer
  let doorPort = 0
  let hookUrl = ''
  const letters: string[] = []

  beforeAll(async () => {
    if (pictures) mkdirSync(pictures, { recursive: true })
    doorPort = await freePort()
    const mailPort = await freePort()
    outside = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, _session, done) {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          letters.push(Buffer.concat(chunks).toString('utf8'))
          done()
        })
      },
    })
    await new Promise<void>((resolve) => outside.listen(mailPort, '127.0.0.1', resolve))
    ;[hub, browser, receiver] = await Promise.all([
      openConsoleHub({ ADMIN_API_KEY: key, SMTP_IN_PORT: String(doorPort) }),
      openChromium(),
      webhookReceiver(),
    ])
    await call('POST', '/setup', { token: new URL(hub.setupLink).searchParams.get('token'), admin, firm })
    hookUrl = (await call('POST', '/channels', { connector: 'form', name: 'Сайт, «Рассчитать»', settings: {} })).hookUrl
    const smtp = { smtpHost: '127.0.0.1', smtpPort: mailPort, smtpSecurity: 'none' }
    const settings = { address: 'zakaz@kontur-okna63.ru', incoming: 'door', fromName: 'Контур Окна', ...smtp }
    await call('POST', '/channels', { connector: 'email', name: 'Почта zakaz@', settings })
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
    await receiver?.close()
    await new Promise<void>((done) => (outside ? outside.close(done) : done()))
  })

  async function call(method: string, path: string, body: object): Promise<{ hookUrl: string }> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const answer = await fetch(`${hub.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return await answer.json()
  }
  const choose = async (label: string, option: string) => {
    // A field of several values lies over its own box.
    await page.getByRole('combobox', { name: label }).click({ force: true })
    await page.getByRole('option', { name: option }).click()
  }
  const ask = (name: string, email: string) =>
    submit(hookUrl, { Name: name, Email: email, Тема: 'Балкон 6 м', Сообщение: 'Сколько стоит?', utm_source: 'yandex' })
  async function picture(name: string): Promise<void> {
    if (!pictures) return
    await standStill(page)
    await page.screenshot({ path: join(pictures, `${name}.png`) })
  }

  test('a template is written with its variables', async () => {
    expect(await ask('Марина Осипова', 'm.osipova@mail.ru')).toBe(200)
    await goTo(page, 'Правила')
    await page.getByText('Правил пока нет').first().waitFor()
    await picture('rules-empty')
    await page.getByText('Шаблоны', { exact: true }).click()
    await page.getByText('Шаблонов пока нет').first().waitFor()
    await page.getByRole('button', { name: 'Новый шаблон' }).first().click()
    await page.getByLabel('Название').fill('Каталог и цены')
    await page.getByLabel('Тема письма').fill('Каталог и цены на балконы')
    await page.getByLabel('Текст').fill('Здравствуйте, ! Каталог во вложении, а цену посчитаем сегодня.')
    await page.getByLabel('Текст').evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(14, 14))
    await page.getByRole('button', { name: 'имя', exact: true }).click()
    await page.locator('input[type=file]').setInputFiles({ name: 'каталог.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(2_000, 5) })
    await page.getByRole('button', { name: 'каталог.pdf ×' }).waitFor()
    await picture('template')
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByText('Шаблон сохранён').first().waitFor()
  })

  test('a rule is tried on last week before it is let loose', async () => {
    await page.getByText('Правила', { exact: true }).last().click()
    await page.getByRole('button', { name: 'Новое правило' }).first().click()
    await page.getByLabel('Название').fill('Каталог на заявку')
    await choose('Что ответить', 'Каталог и цены')
    await choose('Чем ответить', 'Почта zakaz@')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Проверить на прошлой неделе' }).click()
    await page.getByText('Ответило бы 0 из 1').first().waitFor()
    await page.getByRole('button', { name: 'нет согласия · 1' }).waitFor()
    await page.getByRole('switch', { name: 'Только тем, кто дал согласие в форме' }).click()
    await page.getByRole('button', { name: 'Проверить на прошлой неделе' }).click()
    await page.getByText('Ответило бы 1 из 1').first().waitFor()
    await page.getByText('Почта zakaz@ · m.osipova@mail.ru').first().waitFor()
    await picture('rule-dry-run')
    expect(letters).toEqual([])
    await page.getByRole('button', { name: 'Сохранить и включить' }).click()
    await page.getByText('Правило сохранено').first().waitFor()
  })

  test('the next form is answered by a letter that says what it is and how to end it; the former one is not', async () => {
    expect(await ask('Тимур Сагитов', 't.sagitov@mail.ru')).toBe(200)
    await vi.waitFor(() => expect(letters).toHaveLength(1), patient)
    const [letter] = letters
    expect(letter).toMatch(/^To: t\.sagitov@mail\.ru/m)
    expect(letter).toMatch(/^Auto-Submitted: auto-generated/m)
    expect(letter).toMatch(/^List-Unsubscribe: <mailto:zakaz@kontur-okna63\.ru\?subject=unsubscribe>/m)
    expect(letter).toContain('.pdf')
    await page.getByText('Что сделано', { exact: true }).click()
    await page.getByRole('row').filter({ hasText: 'Тимур Сагитов' }).getByText('отвечено').first().waitFor()
    await picture('firings')
  })

  test('the timeline says that no person wrote it, and the client still waits', async () => {
    await goTo(page, 'Ждут')
    await page
      .getByRole('region', { name: 'Ждут ответа' })
      .getByRole('link', { name: /Тимур Сагитов/ })
      .click()
    await page.getByRole('article').getByText('Здравствуйте, Тимур! Каталог во вложении').first().waitFor()
    await page.getByRole('article').getByText('Автоматическое').first().waitFor()
  })

  test('"/" offers templates, and the chosen one comes filled with its file', async () => {
    const field = page.getByLabel('Напишите ответ')
    await field.fill('/катал')
    await page.getByRole('option', { name: /Каталог и цены/ }).waitFor()
    await picture('composer-templates')
    await field.press('Enter')
    await vi.waitFor(async () => expect(await field.inputValue()).toMatch(/^Здравствуйте, Тимур! Каталог/), patient)
    await page.getByRole('button', { name: 'каталог.pdf ×' }).waitFor()
    await field.fill('')
    await field.press('/')
    await page.getByRole('listbox', { name: 'Шаблоны' }).waitFor()
    await field.press('Escape')
    await page.getByRole('listbox', { name: 'Шаблоны' }).waitFor({ state: 'detached' })
    await field.fill('')
  })

  test('who answers "СТОП" is answered by no rule any more, and the composer says so', async () => {
    const transport = createTransport({ host: '127.0.0.1', port: doorPort, secure: false, ignoreTLS: true })
    await transport.sendMail({ from: 'Тимур <t.sagitov@mail.ru>', to: 'zakaz@kontur-okna63.ru', subject: 'Re: Каталог', text: 'Стоп!' })
    transport.close()
    await page
      .getByText(/Клиент просил не писать: «Стоп!»/)
      .first()
      .waitFor(patient)
    await picture('opted-out')
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('note').getByRole('button', { name: 'Снова можно' }).click()
    await page.getByText('Автоматические сообщения снова разрешены').first().waitFor()
    await vi.waitFor(async () => expect(await page.getByText(/Клиент просил не писать/).count()).toBe(0), patient)
  })

  test('a webhook is made, tested, and tells of the next form; its log has the attempt', async () => {
    await goTo(page, 'Вебхуки')
    await page.getByText('Вебхуков пока нет').first().waitFor()
    await page.getByRole('button', { name: 'Новый вебхук' }).first().click()
    await page.getByLabel('Название').fill('1С')
    await page.getByLabel('Адрес', { exact: false }).first().fill(receiver.url)
    await page.getByRole('switch', { name: /Адрес в нашей сети/ }).click()
    await picture('webhook-new')
    await page.getByRole('button', { name: 'Создать' }).click()
    await page
      .getByText(/whsec_/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Проверить' }).click()
    await page
      .getByText(/Ответ 200 за \d+ мс/)
      .first()
      .waitFor()
    expect(await ask('Руслан Гатин', 'r.gatin@mail.ru')).toBe(200)
    await vi.waitFor(() => expect(receiver.received.map(({ body }) => JSON.parse(body).type)).toContain('lead.created'), patient)
    const row = page.getByRole('row').filter({ hasText: 'lead.created' })
    await row.getByText('доставлено').first().waitFor(patient)
    await row.getByRole('button', { name: 'попыток: 1' }).click()
    await page
      .getByText(/· 200 · \d+ ms · ok/)
      .first()
      .waitFor()
    await picture('webhooks')
  })

  test('both scenes are free of serious faults in light, in dark and on a phone', async () => {
    const faults: string[] = []
    const looks = [
      ['light', 1440, 900],
      ['dark', 1280, 800],
      ['light', 390, 844],
    ] as const
    for (const scene of ['Правила', 'Вебхуки']) {
      await page.setViewportSize({ width: 1440, height: 900 })
      await goTo(page, scene)
      await page.getByRole('button', { name: scene === 'Правила' ? /Каталог на заявку/ : /1С/ }).click()
      for (const [look, width, height] of looks) {
        await chooseScheme(page, look)
        await page.setViewportSize({ width, height })
        faults.push(...(await seriousFaults(page)).map((fault) => `${scene}, ${look} ${width}: ${fault}`))
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        if (overflow > 0) faults.push(`${scene}, ${width}: ${overflow} px wider than the screen`)
        await picture(`${scene}-${look}-${width}`)
      }
      await chooseScheme(page, 'light')
    }
    expect(faults).toEqual([])
    expect(office.errors).toEqual([])
    expect(office.strangers).toEqual([])
  })
})
