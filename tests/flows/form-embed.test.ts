import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { form } from '../../src/connectors/form/connector.ts'
import type { RawDelivery } from '../../src/core/connector/delivery.ts'
import type { FormSubmitted } from '../../src/core/connector/event.ts'
import { contractDoor } from '../contract/case.ts'
import { hasChromium, openChromium } from '../support/chromium.ts'

// The ready form in a real browser, on a page of another origin than the hub.

interface FormHub {
  address: string
  settings: unknown
  /** What passed the door, in order. */
  stored: RawDelivery[]
  /** How many of the next requests are answered as a broken server would. */
  failures: number
}

const withConsent = { form: { consent: { text: 'Согласен на обработку данных', url: 'https://policy.invalid/', version: '3' } } }

describe.skipIf(!hasChromium())('the ready form', () => {
  let browser: Browser
  let hubServer: Server
  let siteServer: Server
  let hub: FormHub
  let site: { address: string; headers: Record<string, string>; script: string }
  let page: Page
  let asked: Set<string>

  beforeAll(async () => {
    browser = await openChromium()
    hubServer = await listen((request, response) => serveHub(hub, request, response))
    siteServer = await listen((_request, response) => {
      const html = `<!doctype html><html lang="ru"><title>Shop</title><h1>Shop</h1><main id="place"></main>${site.script}</html>`
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...site.headers }).end(html)
    })
  })
  afterAll(async () => {
    await browser.close()
    hubServer.close()
    siteServer.close()
  })
  beforeEach(async () => {
    hub = { address: addressOf(hubServer), settings: { proof: 'public', origins: [addressOf(siteServer)] }, stored: [], failures: 0 }
    site = { address: addressOf(siteServer), headers: {}, script: `<script src="${hub.address}/forms/k.js" data-target="#place" async></script>` }
    page = await (await browser.newContext()).newPage()
    page.setDefaultTimeout(60_000)
    asked = new Set()
    page.on('request', (request) => asked.add(new URL(request.url()).host))
  })
  afterEach(() => page.context().close())

  const fill = async () => {
    await page.getByLabel('Имя').fill('Анна Ким')
    await page.getByLabel('Телефон').fill('8 916 123-45-67')
    await page.getByLabel('Сообщение').fill('Перезвоните 🙂')
  }
  const patience = () => page.waitForTimeout(1100)
  const send = () => page.getByRole('button', { name: 'Отправить' }).click()
  const status = () => page.getByRole('status').textContent()

  it('sends what the visitor wrote, where he came from and nothing to anybody else', async () => {
    await page.goto(`${site.address}/p?utm_source=vk&yclid=77`, { referer: 'https://ya.example/' })
    await fill()
    await patience()
    await send()
    await page.getByText('Спасибо! Заявка отправлена').waitFor()
    expect(await received(hub)).toMatchObject([
      {
        from: { name: 'Анна Ким', identities: [{ kind: 'phone', value: '8 916 123-45-67', evidence: 'claimed' }] },
        text: 'Перезвоните 🙂',
        source: {
          utm: { source: 'vk' },
          clickIds: { yclid: '77' },
          page: `${site.address}/p?utm_source=vk&yclid=77`,
          referrer: 'https://ya.example/',
        },
      },
    ])
    expect((await received(hub))[0]?.spam).toBeUndefined()
    expect([...asked].toSorted()).toEqual([hub.address, site.address].map((address) => new URL(address).host).toSorted())
    expect(await page.context().cookies()).toEqual([])
    await expect.poll(() => page.getByLabel('Имя').inputValue()).toBe('')
  })

  it('marks what was sent faster than a person can', async () => {
    await page.addInitScript(() => {
      performance.now = () => 0
    })
    await page.goto(site.address)
    await fill()
    await send()
    await page.getByText('Спасибо!').waitFor()
    expect(await received(hub)).toMatchObject([{ spam: 'filled in within 0.0 s' }])
  })

  it('says what is missing and sends nothing', async () => {
    await page.goto(site.address)
    await page.getByLabel('Имя').fill('Анна')
    await send()
    await page.getByText('Заполните это поле').first().waitFor()
    await expect.poll(() => page.getByLabel('Телефон').getAttribute('aria-invalid')).toBe('true')
    const isFocused = () => page.getByLabel('Телефон').evaluate((input) => (input.getRootNode() as ShadowRoot).activeElement === input)
    await expect.poll(isFocused).toBe(true)
    expect(hub.stored).toEqual([])
  })

  it('asks for consent in a box of its own that is not ticked, and sends its words', async () => {
    hub.settings = withConsent
    await page.goto(site.address)
    await fill()
    const box = page.getByRole('checkbox', { name: 'Согласен на обработку данных' })
    expect(await box.isChecked()).toBe(false)
    await send()
    await page.getByText('Без согласия мы не можем').first().waitFor()
    expect(hub.stored).toEqual([])
    await box.check()
    await send()
    await page.getByText('Спасибо!').waitFor()
    expect(await received(hub)).toMatchObject([{ consent: { text: 'Согласен на обработку данных', version: '3' } }])
  })

  it('keeps the text after a failure, and a second try is the same request', async () => {
    hub.failures = 1
    await page.goto(site.address)
    await fill()
    await send()
    await page.getByText('Не получилось отправить').waitFor()
    expect(await page.getByLabel('Сообщение').inputValue()).toBe('Перезвоните 🙂')
    await send()
    await page.getByText('Спасибо!').waitFor()
    const keys = hub.stored.map((request) => form.dedupeKey?.(request, form.settings.parse({})))
    expect(keys).toHaveLength(2)
    expect(new Set(keys).size).toBe(1)
    await fill()
    await send()
    await expect.poll(() => hub.stored.length).toBe(3)
    expect((await received(hub))[2]?.key).not.toBe(keys[0])
  })

  it('does not get through from a page that is not allowed', async () => {
    hub.settings = { proof: 'public', origins: ['https://other.example'] }
    await page.goto(site.address)
    await fill()
    await send()
    await expect.poll(status).toContain('Не получилось отправить')
    expect(hub.stored).toEqual([])
  })

  it('works under a strict content security policy, with its style', async () => {
    site.headers = { 'content-security-policy': `default-src 'none'; script-src ${hub.address}; connect-src ${hub.address}` }
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    await page.goto(site.address)
    await fill()
    await send()
    await page.getByText('Спасибо!').waitFor()
    expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([])
    expect(await page.getByRole('button', { name: 'Отправить' }).evaluate((button) => getComputedStyle(button).backgroundColor)).toBe(
      'rgb(28, 95, 212)',
    )
  })

  it('carries a file', async () => {
    hub.settings = {
      form: {
        fields: [
          { name: 'phone', type: 'tel' },
          { name: 'file', type: 'file' },
        ],
      },
    }
    await page.goto(site.address)
    await page.getByLabel('Телефон').fill('+7 916 123-45-67')
    await page.getByLabel('Файл').setInputFiles({ name: 'план.txt', mimeType: 'text/plain', buffer: Buffer.from('plan') })
    await send()
    await page.getByText('Спасибо!').waitFor()
    const [event] = await received(hub)
    expect(event?.attachments).toMatchObject([{ name: 'план.txt', type: 'text/plain', size: 4 }])
  })

  it('has no fault that a screen reader would stumble over, in either language', async () => {
    for (const language of ['ru', 'en'] as const) {
      hub.settings = { form: { ...withConsent.form, language, title: 'Request' } }
      await page.goto(site.address)
      await page.getByRole('textbox').first().waitFor()
      const { violations } = await new AxeBuilder({ page }).include('#place').analyze()
      expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([])
    }
  })

  it('does not show the trap to people', async () => {
    await page.goto(site.address)
    await page.getByLabel('Имя').waitFor()
    expect(await page.getByRole('textbox').count()).toBe(3)
  })
})

async function received(hub: FormHub): Promise<FormSubmitted[]> {
  const settings = form.settings.parse(hub.settings)
  const events = await Promise.all(hub.stored.map(async (request) => form.normalise({ ...request, receivedAt: new Date() }, settings)))
  return events.flat().filter((event) => event.type === 'form')
}

/** The hub's door for forms, without the hub. */
async function serveHub(hub: FormHub, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const settings = form.settings.parse(hub.settings)
  const channel = { id: 'c', key: 'k', settings, hookUrl: `${hub.address}/hooks/form/k` }
  if (request.url === '/forms/k.js') {
    response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(form.embed?.(channel, 'ru').script)
    return
  }
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  const raw = { method: request.method ?? '', path: '', query: '', headers, body: await buffer(request) }
  const verdict = form.verify?.(raw, channel, contractDoor) ?? { is: 'ok' }
  if (verdict.is === 'refused') {
    response.writeHead(401).end(verdict.reason)
    return
  }
  if (verdict.is === 'ok') hub.stored.push(raw)
  const reply = verdict.is === 'reply' ? verdict.reply : form.reply?.(raw, settings, { kind: 'stored' }, 'https://hub.example/hooks/form/k')
  if (hub.failures > 0) {
    hub.failures -= 1
    response.destroy()
    return
  }
  response.writeHead(reply?.status ?? 200, reply?.headers).end(reply?.body)
}

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<Server> {
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
