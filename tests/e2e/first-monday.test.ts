import { mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { backUp, runCommand } from '../support/backup-command.ts'
import { hasChromium, openChromium } from '../support/chromium.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { type Dovecot, hasDovecot, startDovecot } from '../support/dovecot.ts'
import { encodeAs } from '../support/encode-as.ts'
import { freePort, type HubProcess, startHub } from '../support/hub-process.ts'
import { plainLetter } from '../support/letters.ts'
import { middayZone } from '../support/midday-zone.ts'
import { type ConsoleHub, openConsoleHub } from './console-hub.ts'
import { submit } from './firm.ts'
import { goTo } from './go-to.ts'
import { standStill } from './stand-still.ts'

// A firm's first Monday: the old base comes in, a form and a mailbox are connected, ten clients write, two operators answer, one of them leaves
// at noon, the manager reads the day; the hub is restored elsewhere, and everything is equal.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const key = 'swb_key-of-the-firm-on-its-first-monday'
const admin = { name: 'Ольга Реброва', email: 'olga@kontur-okna63.ru', password: 'kontur-okna-63' }
const firm = { name: 'Контур Окна', language: 'ru', timeZone: middayZone(), country: 'RU', client: 'contact' }
const mailbox = 'zakaz@kontur-okna63.ru'
const utf8 = ['MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit']
const patient = { timeout: 60_000 }
const shots = process.env.SHOTS ?? join(tmpdir(), 'switchboard-monday')
const base =
  'ФИО;Телефоны;Эл. почта\r\nОсипова Марина;8 927 004-18-36;m.osipova@mail.ru\r\nЛапин Игорь;;lapin@vhod-group.ru\r\nСомов Пётр;89372221105;\r\n'

interface Numbers {
  numbers: Record<string, number>
  sources: { count: number }[]
}

describe.skipIf(!hasChromium() || !hasDovecot())('a firm’s first Monday', () => {
  let hub: ConsoleHub
  let browser: Browser
  let outside: SMTPServer
  let mailServer: Dovecot
  let elsewhere: { database: TestDatabase; folder: string; hub?: HubProcess }
  const arrived: string[] = []
  let outsidePort = 0
  let hookUrl = ''
  let chief: Page
  let anna: Page
  let boris: Page
  let manager: Page
  let noon: Numbers
  let lastPassword = ''

  async function call<Body>(method: string, path: string, body?: object, url = hub.url): Promise<Body> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const answer = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Body
  }

  async function enter(email: string, password: string): Promise<Page> {
    const look = { viewport: { width: 1440, height: 900 }, locale: 'ru-RU', timezoneId: 'Europe/Samara', reducedMotion: 'reduce' } as const
    const page = await (await browser.newContext(look)).newPage()
    page.setDefaultTimeout(60_000)
    await page.goto(hub.url)
    await page.getByLabel('Почта').fill(email)
    await page.getByLabel('Пароль').first().fill(password)
    await page.keyboard.press('Enter')
    await page.getByText('онлайн').first().waitFor()
    return page
  }

  /** As the chief does it: the form, then the password that is shown once. */
  async function invite(name: string, email: string, role = 'Оператор'): Promise<Page> {
    const form = chief.locator('form', { has: chief.getByRole('button', { name: 'Пригласить' }) })
    await form.getByLabel('Имя').fill(name)
    await form.getByLabel('Почта').fill(email)
    await form.getByRole('combobox', { name: 'Роль' }).click()
    await chief.getByRole('option', { name: role }).click()
    await form.getByRole('button', { name: 'Пригласить' }).click()
    await chief.getByRole('row', { name }).waitFor()
    // The row may come by the live line while the password of the one before is still shown.
    const shown = async () => /^Временный пароль: (\S+)\. /.exec((await form.getByText(/^Временный пароль/).textContent()) ?? '')?.[1] ?? ''
    await expect.poll(shown).not.toBe(lastPassword)
    lastPassword = await shown()
    return await enter(email, lastPassword)
  }

  async function connectMailbox(): Promise<void> {
    await goTo(chief, 'Каналы')
    await chief.getByRole('button', { name: 'Добавить канал' }).first().click()
    await chief.getByRole('button', { name: /Электронная почта/ }).click()
    await chief.getByLabel('Адрес ящика').fill(mailbox)
    await chief.getByLabel(/^Пароль \(/).fill(mailServer.password)
    await chief.getByLabel('Имя, которое видят клиенты').fill('Контур Окна')
    await chief.getByText('Ещё настройки').click()
    await chief.getByLabel('Сервер IMAP или POP3').fill('127.0.0.1')
    await chief.getByLabel('Его порт').fill(String(mailServer.imapPort))
    await chief.getByLabel('Сервер SMTP').fill('127.0.0.1')
    await chief.getByLabel('Порт SMTP').fill(String(outsidePort))
    for (const label of ['Его шифрование', 'Шифрование SMTP']) {
      await chief.getByRole('combobox', { name: label }).click()
      await chief.getByRole('option', { name: 'none', exact: true }).click()
    }
    await chief.getByRole('button', { name: 'Проверить' }).click()
    await chief
      .getByText(/IMAP: .*SMTP/)
      .first()
      .waitFor()
    await picture(chief, 'mailbox')
    await chief.getByRole('button', { name: 'Подключить', exact: true }).click()
    await chief.getByText('Ждём первое обращение').first().waitFor()
  }

  async function picture(page: Page, name: string): Promise<void> {
    await standStill(page)
    await page.screenshot({ path: join(shots, `${name}.png`) })
  }

  const row = (page: Page, words: RegExp) => page.getByRole('region', { name: 'Ждут ответа' }).getByRole('link', { name: words })
  const today = (url?: string) => call<Numbers>('GET', '/reports/today', undefined, url)

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    outsidePort = await freePort()
    outside = new SMTPServer({
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      onAuth({ username, password }, _session, done) {
        if (username === mailbox && password === mailServer.password) done(null, { user: mailbox })
        else done(new Error('Wrong user name or password'))
      },
      onData(stream, _session, done) {
        let letter = ''
        stream.on('data', (bytes: Buffer) => {
          letter += bytes.toString()
        })
        stream.on('end', () => {
          arrived.push(letter)
          done()
        })
      },
    })
    await new Promise<void>((listening) => outside.listen(outsidePort, '127.0.0.1', listening))
    ;[hub, browser, mailServer] = await Promise.all([openConsoleHub({ ADMIN_API_KEY: key }), openChromium(), startDovecot()])
    elsewhere = { database: await testDatabase(), folder: await mkdtemp(join(tmpdir(), 'hub-elsewhere-')) }
    const token = new URL(hub.setupLink).searchParams.get('token')
    await call('POST', '/setup', { token, admin, firm })
    chief = await enter(admin.email, admin.password)
  })
  afterAll(async () => {
    await browser?.close()
    await elsewhere?.hub?.end()
    await hub?.close()
    await mailServer?.stop()
    await elsewhere?.database.close()
    if (elsewhere) await rm(elsewhere.folder, { recursive: true, force: true })
    await new Promise<void>((closed) => (outside ? outside.close(closed) : closed()))
  })

  test('the old base comes in', async () => {
    await chief.getByRole('navigation').getByRole('link', { name: 'Клиенты' }).click()
    await chief.getByRole('button', { name: 'Импорт' }).click()
    await chief.getByText('Перетащите сюда таблицу с клиентами').first().waitFor()
    await chief.locator('input[type=file]').setInputFiles({ name: 'клиенты.csv', mimeType: 'text/csv', buffer: encodeAs('windows-1251', base) })
    await chief.getByText('Что в каких столбцах').first().waitFor()
    await chief.getByRole('button', { name: 'Проверить' }).click()
    await chief.getByRole('button', { name: 'Импортировать 3' }).click()
    await chief.getByText('Импорт закончен').first().waitFor()
    expect((await call<{ items: unknown[] }>('GET', '/contacts')).items).toHaveLength(3)
  })

  test('a form and a mailbox are connected, two operators and a manager invited', async () => {
    await goTo(chief, 'Формы')
    await chief.getByRole('button', { name: 'Новая форма' }).click()
    const address = chief.locator('code', { hasText: `${hub.url}/hooks/form/` }).first()
    await address.waitFor()
    hookUrl = (await address.textContent()) ?? ''
    await connectMailbox()
    await goTo(chief, 'Команда')
    await chief.getByRole('button', { name: 'Пригласить' }).click()
    anna = await invite('Анна Белова', 'anna@kontur-okna63.ru')
    boris = await invite('Борис Шубин', 'boris@kontur-okna63.ru')
    manager = await invite('Игорь Мельник', 'igor@kontur-okna63.ru', 'Руководитель')
    await picture(chief, 'team')
  })

  test('ten clients write; those of the old base are known, the others are leads', async () => {
    const forms = ['Марина Осипова', 'Алексей Воронин', 'Руслан Гатин', 'Тимур Сагитов', 'Инна Козлова', 'Наиля Сабирова']
    for (const [index, Name] of forms.entries()) {
      const Phone = index === 0 ? '+7 927 004-18-36' : `+7 917 118-40-2${index}`
      expect(await submit(hookUrl, { Name, Phone, Тема: index % 2 ? 'Окна' : 'Балкон', utm_source: index % 3 ? 'yandex' : 'avito' })).toBe(200)
    }
    const letters = ['Игорь Лапин <lapin@vhod-group.ru>', 'Павел Ершов <ershov@mail.ru>', 'Ирина Дёмина <demina@ya.ru>', 'Яков Тен <ten@list.ru>']
    for (const [index, from] of letters.entries()) {
      const letter = plainLetter(`monday-${index}`, { from, to: mailbox, subject: 'Расчёт', text: 'Сколько стоит остекление?', headers: utf8 })
      mailServer.addLetter(mailbox, letter)
    }
    await expect.poll(async () => (await today()).numbers.waiting, patient).toBe(10)
    await expect.poll(() => row(anna, /./).count(), patient).toBe(10)
    const [marina] = (await call<{ items: { name: string; stage: string }[] }>('GET', '/contacts?query=89270041836')).items
    expect(marina?.name).toBe('Осипова Марина')
    expect((await call<{ items: unknown[] }>('GET', '/contacts')).items).toHaveLength(11)
  })

  test('one operator answers a letter and logs a call by hand; the clients wait no more', async () => {
    await row(boris, /Павел Ершов/).click()
    await boris.getByLabel('Напишите ответ').fill('Остекление шести метров — 86 тысяч')
    await boris.keyboard.press('Enter')
    await expect.poll(() => arrived.length, patient).toBe(1)
    expect(arrived[0]).toMatch(/ershov@mail\.ru/)
    await row(boris, /Алексей Воронин/).click()
    await boris.getByRole('complementary', { name: 'Карточка' }).getByText('Алексей Воронин').first().waitFor()
    await boris.getByRole('button', { name: /Записать вручную/ }).click()
    const form = boris.getByRole('dialog')
    await form.getByLabel('Как', { exact: true }).selectOption('voice')
    await form.getByLabel('Кто начал').selectOption('outbound')
    await form.getByLabel('Что было').fill('Замер в пятницу')
    await form.getByRole('button', { name: 'Записать' }).click()
    await expect.poll(async () => (await today()).numbers.waiting, patient).toBe(8)
  })

  test('the other leaves at noon: what she has goes to her colleague in one step', async () => {
    await row(anna, /Руслан Гатин/).click()
    await anna.getByRole('button', { name: /^Взять/ }).click()
    await row(anna, /Руслан Гатин.*вы$/).waitFor()
    await goTo(chief, 'Команда')
    await chief
      .getByRole('row', { name: /Анна Белова/ })
      .getByRole('button', { name: /Выключить/ })
      .click()
    const dialog = chief.getByRole('dialog', { name: 'Анна Белова: кому передать дела' })
    await dialog.getByLabel('Кому передать всё').selectOption({ label: 'Борис Шубин' })
    await dialog.getByRole('button', { name: 'Выключить и передать' }).click()
    await chief
      .getByText(/Доступ закрыт: Анна Белова/)
      .first()
      .waitFor()
    await row(boris, /Руслан Гатин.*вы$/).waitFor()
  })

  test('the manager reads the day: it reconciles, and a replay changes nothing of it', async () => {
    await manager.getByText('сходится').first().waitFor()
    await manager
      .getByRole('region', { name: 'Кто что сделал' })
      .getByRole('row', { name: /Борис Шубин/ })
      .waitFor()
    noon = await today()
    expect(noon.numbers).toMatchObject({
      enquiries: 10,
      begun: 10,
      answered: 2,
      unanswered: 8,
      waiting: 8,
      answers: 2,
      logged: 1,
      taken: 1,
      newLeads: 9,
    })
    expect(noon.sources.reduce((total, { count }) => total + count, 0)).toBe(10)
    await picture(manager, 'monday')
    const { items } = await call<{ items: { id: string }[] }>('GET', '/deliveries?limit=100')
    for (const { id } of items) await call('POST', `/deliveries/${id}/replay`, {})
    expect((await today()).numbers).toEqual(noon.numbers)
  })

  test('restored from a backup elsewhere, everything is equal', async () => {
    const file = await backUp(hub.env)
    const env = {
      ...hub.env,
      DATA_DIR: elsewhere.folder,
      DATABASE_URL: elsewhere.database.url,
      PORT: String(await freePort()),
    }
    const there = `http://127.0.0.1:${env.PORT}`
    const before = await sums(hub.databaseUrl)
    expect(await runCommand('restore', [file, '--force'], { ...env, PUBLIC_URL: there })).toMatchObject({ code: 0 })
    expect(await sums(elsewhere.database.url)).toEqual(before)
    elsewhere.hub = await startHub({ env: { ...env, PUBLIC_URL: there } })
    expect((await today(there)).numbers).toEqual(noon.numbers)
    const cards = async (url: string) => (await call<{ items: { id: string }[] }>('GET', '/contacts?limit=200', undefined, url)).items
    expect(await cards(there)).toEqual(await cards(hub.url))
    for (const { id } of await cards(hub.url)) {
      const timeline = (url: string) => call('GET', `/contacts/${id}/timeline?limit=200`, undefined, url)
      expect(await timeline(there)).toEqual(await timeline(hub.url))
    }
    expect(arrived).toHaveLength(1)
  })
})

/** Rows and a sum of every table in which clients, their traffic and the firm's people are. */
async function sums(databaseUrl: string): Promise<Record<string, string>> {
  const tables = [
    'contacts',
    'identities',
    'contact_identities',
    'conversations',
    'entries',
    'entry_versions',
    'leads',
    'tasks',
    'deliveries',
    'users',
    'teams',
    'outbox',
  ]
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const found: Record<string, string> = {}
    for (const table of tables) {
      const { rows } = await client.query<{ sum: string }>(
        `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from "${table}" t`,
      )
      found[table] = rows[0]?.sum ?? ''
    }
    return found
  } finally {
    await client.end()
  }
}
