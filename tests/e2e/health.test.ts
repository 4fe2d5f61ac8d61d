import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hasChromium, openChromium } from '../support/chromium.ts'
import { seriousFaults } from './accessibility.ts'
import { type ConsoleHub, openConsoleHub } from './console-hub.ts'
import { goTo } from './go-to.ts'
import { openWatched } from './watched-context.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const apiKey = 'health-tests-administrator-key-0000'
const pictures = process.env.E2E_PICTURES

describe.skipIf(!hasChromium())('health, and what a person has a right to', () => {
  let hub: ConsoleHub
  let browser: Browser
  let page: Page
  let hookUrl = ''

  const call = async <Body>(method: string, path: string, body?: object): Promise<Body> => {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
    const answer = await fetch(`${hub.url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Body
  }
  const sql = async (query: string, values: unknown[] = []) => {
    const client = new pg.Client({ connectionString: hub.databaseUrl })
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(query, values)).rows
    } finally {
      await client.end()
    }
  }
  const write = (fields: object) => fetch(hookUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) })

  beforeAll(async () => {
    ;[hub, browser] = await Promise.all([openConsoleHub({ ADMIN_API_KEY: apiKey }), openChromium()])
    page = (await openWatched(browser, hub.url)).page
    if (pictures) mkdirSync(pictures, { recursive: true })
    await page.goto(hub.setupLink)
    await page.getByLabel('Название фирмы').fill('Контур Окна')
    await page.getByLabel('Ваше имя').fill('Ольга Романова')
    await page.getByLabel('Ваша почта').fill('olga@kontur-okna63.ru')
    await page.getByLabel('Пароль', { exact: false }).first().fill('stekla-na-balkone-6')
    await page.getByRole('button', { name: 'Готово' }).click()
    await page.getByRole('link', { name: 'Подключить первый канал' }).click()
    hookUrl = (await call<{ hookUrl: string }>('POST', '/channels', { connector: 'form', name: 'Сайт, «Рассчитать»', settings: {} })).hookUrl
  })
  afterAll(async () => {
    await browser?.close()
    await hub?.close()
  })

  test('says that all is well, and what needs a hand when something does', async () => {
    await goTo(page, 'Состояние')
    await page.getByText('Всё в порядке').first().waitFor()
    await write({ name: 'Зинаида Тестова', phone: '+7 927 111-22-33', message: 'Балкон, шесть метров' })
    await sql(
      `insert into deliveries (id, channel_id, dedupe_key, method, path, query, headers, body, size, sha256, status, reason, received_at)
       select gen_random_uuid(), c.id, 'usual ' || week || ' ' || n, 'POST', '', '', '{}', '', 0, '', 'applied', null, now() - week * interval '7 days' - n * interval '20 minutes'
       from channels c, generate_series(1, 5) week, generate_series(0, 40) n`,
    )
    await sql(`update deliveries set received_at = now() - interval '6 hours' where dedupe_key not like 'usual%'`)
    await sql(`update deliveries set status = 'parked', reason = 'no_sender' where dedupe_key = 'usual 1 1'`)
    await sql(
      `insert into settings (name, value, updated_at) values ('backup_state', $1, now()) on conflict (name) do update set value = excluded.value`,
      [JSON.stringify({ failedAt: new Date().toISOString(), failure: 'The disk of /var/backups has 12 MB left', failureCode: 'disk_full' })],
    )
    await page.reload()
    await page.getByRole('heading', { name: /Источник «Сайт, «Рассчитать»» молчит: обычно \d+ в день, с .* ничего/ }).waitFor()
    await page.getByRole('heading', { name: 'Резервная копия не удалась: на её диске мало места' }).waitFor()
    await page.getByRole('heading', { name: 'Не удалось разобрать: 1' }).waitFor()
    await page.getByRole('navigation').locator('[data-count="3"]').first().waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await picture('health')
  })

  test('makes a backup when it is asked, and shows its age', async () => {
    await page.getByRole('button', { name: 'Сделать копию сейчас' }).click()
    await expect
      .poll(async () => (await call<{ backup: { checkedAt: string | null } }>('GET', '/health')).backup.checkedAt, { timeout: 60_000 })
      .not.toBe(null)
    await page.reload()
    await page
      .getByText(/проверена восстановлением/)
      .first()
      .waitFor()
    const metrics = await (await fetch(`${hub.url}/metrics`)).text()
    expect(metrics).toMatch(/switchboard_backup_age_seconds \d/)
    expect(metrics).toMatch(/switchboard_channel_silent\{channel="Сайт, «Рассчитать»"\} 1/)
  })

  test('hands a person his data, and erases him only when his name is typed', async () => {
    await goTo(page, 'Клиенты')
    await page.getByText('Зинаида Тестова').first().click()
    await page.getByRole('button', { name: 'Выгрузить', exact: true }).click()
    const link = page.getByRole('link', { name: /^Скачать/ })
    await link.waitFor({ timeout: 60_000 })
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    const zip = await readFile(await download.path())
    expect(zip.subarray(0, 2).toString()).toBe('PK')
    expect(zip.includes('index.html')).toBe(true)
    await picture('card-privacy')

    await page.getByRole('button', { name: 'Удалить навсегда' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('Зинаида')
    expect(await dialog.getByRole('button', { name: 'Удалить навсегда' }).isDisabled()).toBe(true)
    await dialog.getByRole('textbox').fill('Зинаида Тестова')
    expect(await seriousFaults(page)).toEqual([])
    await picture('erase-person')
    await dialog.getByRole('button', { name: 'Удалить навсегда' }).click()
    await page
      .getByText(/^Удалён .*: записей \d+/)
      .first()
      .waitFor({ timeout: 60_000 })
    expect(await sql(`select 1 from contacts where name = 'Зинаида Тестова'`)).toEqual([])
    expect(await sql(`select detail from audit where action = 'contact.erasure_asked'`)).toEqual([{ detail: { cards: 1 } }])
  })

  async function picture(name: string): Promise<void> {
    if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) })
  }
})
