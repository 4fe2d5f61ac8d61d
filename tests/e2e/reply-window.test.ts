import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hasChromium, openChromium } from '../support/chromium.ts'
import { whatsapp } from '../support/messengers/meta.ts'
import { avito, viber } from '../support/messengers/others.ts'
import { type PlayedChannel, type PlayedVendor, play } from '../support/messengers/played.ts'
import { said, type Vendor } from '../support/messengers/vendor.ts'
import type { RunningHub } from '../support/running-hub.ts'
import { seriousFaults } from './accessibility.ts'
import { openConsoleHub } from './console-hub.ts'

// What the composer says before anything is sent: the window and its end, a template instead, files and lengths.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const hourMs = 3_600_000
const admin = { name: 'Ольга Реброва', email: 'olga@kontur-okna63.ru', password: 'kontur-okna-63' }
const key = 'swb_key-of-the-firm-with-a-window-01'
const ready = {
  name: 'order_ready',
  language: 'ru',
  status: 'APPROVED',
  category: 'UTILITY',
  components: [{ type: 'BODY', text: 'Здравствуйте, {{1}}! Заказ готов.', example: { body_text: [['Анна']] } }],
}
const withTemplates: Vendor = {
  ...whatsapp,
  otherwise: (call, root) => (call.path.endsWith('/message_templates') ? said({ data: [ready] }) : whatsapp.otherwise(call, root)),
}

describe.skipIf(!hasChromium())('the composer of a messenger', () => {
  let hub: Awaited<ReturnType<typeof openConsoleHub>>
  let vendors: PlayedVendor[]
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    ;[hub, browser, ...vendors] = await Promise.all([
      openConsoleHub({ ADMIN_API_KEY: key }),
      openChromium(),
      play(withTemplates),
      play(viber),
      play(avito),
    ])
    const token = new URL(hub.setupLink).searchParams.get('token')
    const firm = { name: 'Контур Окна', language: 'ru', timeZone: 'Europe/Samara', country: 'RU', client: 'contact' }
    const headers = { 'content-type': 'application/json' }
    await fetch(`${hub.url}/api/v1/setup`, { method: 'POST', headers, body: JSON.stringify({ token, admin, firm }) })
    const [wa, vb, av] = await Promise.all(vendors.map((vendor) => vendor.newChannel(asRunning(hub.url))))
    const tell = (channel: PlayedChannel | undefined, id: number, at = Date.now()) => channel?.say({ id, client: id, text: `Вопрос ${id}`, at })
    await Promise.all([tell(wa, 101, Date.now() - 30 * hourMs), tell(wa, 102, Date.now() - 22.5 * hourMs), tell(vb, 103), tell(av, 104)])
    page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'ru-RU', reducedMotion: 'reduce' })).newPage()
    page.setDefaultTimeout(60_000)
    await page.goto(hub.url)
    await page.getByLabel('Почта').fill(admin.email)
    await page.getByLabel('Пароль').first().fill(admin.password)
    await page.keyboard.press('Enter')
    await page.getByText('онлайн').first().waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await Promise.all((vendors ?? []).map((vendor) => vendor.close()))
    await hub?.close()
  })

  const open = (number: number) => page.getByRole('link', { name: new RegExp(`Вопрос ${number}`) }).click()
  const send = () => page.getByRole('button', { name: /^Отправить(?! позже)/ })

  test('a window that closes soon says when, and a long text how it will go', async () => {
    await open(102)
    await page
      .getByText(/Отвечать здесь можно ещё 1 ч 2\d мин/)
      .first()
      .waitFor()
    await page.getByLabel('Напишите ответ').fill('слово '.repeat(700))
    await page.getByText('4200 из 4096 символов · разделим на сообщения: 2').first().waitFor()
    await expect.poll(() => send().isEnabled()).toBe(true)
    await page.getByLabel('Напишите ответ').fill('')
  })

  test('a file that the channel does not take says so, and nothing can be sent until it is gone', async () => {
    for (const [number, words] of [
      [103, /с адреса, доступного из интернета/],
      [104, /«план\.pdf»: таких файлов этот канал не передаёт/],
    ] as const) {
      await open(number)
      await page.locator('input[type=file]').setInputFiles({ name: 'план.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') })
      await page.getByText(words).first().waitFor()
      await expect.poll(() => send().isEnabled()).toBe(false)
      await page.getByRole('button', { name: 'план.pdf ×' }).click()
      await page.getByText(words).first().waitFor({ state: 'detached' })
    }
  })

  test('behind a closed window an approved template is chosen, filled in, seen and sent', async () => {
    await open(101)
    await page.getByText('Срок для ответа прошёл.').first().waitFor()
    await page.getByLabel('Напишите ответ').fill('Здравствуйте')
    expect(await send().isEnabled()).toBe(false)
    await page.getByLabel('Напишите ответ').fill('')
    await page.getByRole('button', { name: 'Выбрать шаблон' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: /order_ready/ }).waitFor()
    await dialog.getByText('{{1}}').first().waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await dialog.getByLabel('Текст: 1').fill('Анна')
    await dialog.getByText('Здравствуйте, Анна! Заказ готов.').first().waitFor()
    await dialog.getByRole('button', { name: /^Отправить(?! позже)/ }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.locator('article, li, div').getByText('Здравствуйте, Анна! Заказ готов.').first().waitFor()
    await expect.poll(() => vendors[0]?.sent.length).toBe(1)
  })
})

/** As much of a running hub as channels of played vendors need. */
function asRunning(url: string): RunningHub {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  async function api<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Answer
  }
  return {
    url,
    api,
    addChannel: (connector, settings) => api('POST', '/channels', { connector, name: connector, settings }),
    upload: () => Promise.reject(new Error('not needed')),
    read: (path) => fetch(`${url}/api/v1${path}`, { headers }),
    output: () => '',
    close: async () => {},
  }
}
