import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hasChromium, openChromium } from '../support/chromium.ts'
import { stereoWav } from '../support/stereo-wav.ts'
import { seriousFaults } from './accessibility.ts'
import { ageCalls, dualTracks } from './altered-calls.ts'
import { type ConsoleHub, openConsoleHub } from './console-hub.ts'
import { standStill } from './stand-still.ts'

// A PBX rings the telephones of two operators; a manager hears afterwards what was said.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const key = 'swb_key-of-the-firm-that-is-called-01'
const secret = 'secret-of-the-pbx-0123456789'
const admin = { name: 'Ольга Реброва', email: 'olga@kontur-okna63.ru', password: 'kontur-okna-63' }
const firm = { name: 'Контур Окна', language: 'ru', timeZone: 'Europe/Samara', country: 'RU', client: 'contact' }
const patient = { timeout: 60_000 }
/** Between two measured rings, so that each meets a hub that is not still busy with the last: two calls a second are those of a large room. */
const restMs = 300
const shots = process.env.SHOTS ?? join(tmpdir(), 'switchboard-calling')

describe.skipIf(!hasChromium())('calls on the screen', () => {
  let hub: ConsoleHub
  let browser: Browser
  let anna: Page
  let boris: Page
  let channel: { id: string; hookUrl: string }
  let annaId = ''
  let vendor: Server
  let mango: { id: string; hookUrl: string }

  async function api<Body>(method: string, path: string, body?: object): Promise<Body> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const answer = await fetch(`${hub.url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Body
  }

  async function tell(...events: object[]): Promise<void> {
    const headers = { 'content-type': 'application/json', 'x-hub-key': secret }
    const answer = await fetch(channel.hookUrl, { method: 'POST', headers, body: JSON.stringify(events) })
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  }

  async function tellMango(path: string, event: object): Promise<void> {
    const json = JSON.stringify(event)
    const sign = createHash('sha256').update(`k1${json}s1`).digest('hex')
    const answer = await fetch(`${mango.hookUrl}${path}`, { method: 'POST', body: new URLSearchParams({ vpbx_api_key: 'k1', sign, json }) })
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  }

  async function enter(email: string, password: string): Promise<Page> {
    const look = { viewport: { width: 1440, height: 900 }, locale: 'ru-RU', timezoneId: 'Europe/Samara', reducedMotion: 'reduce' } as const
    const page = await (await browser.newContext(look)).newPage()
    page.setDefaultTimeout(patient.timeout)
    await page.goto(hub.url)
    await page.getByLabel('Почта').fill(email)
    await page.getByLabel('Пароль').first().fill(password)
    await page.keyboard.press('Enter')
    await page.getByText('онлайн').first().waitFor()
    return page
  }

  async function hire(name: string, email: string, number: string): Promise<{ page: Page; id: string }> {
    const made = await api<{ user: { id: string }; temporaryPassword: string }>('POST', '/users', { name, email, role: 'operator', language: 'ru' })
    await api('PUT', `/users/${made.user.id}/numbers`, { items: [{ channelId: null, value: number }] })
    return { page: await enter(email, made.temporaryPassword), id: made.user.id }
  }

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    vendor = createServer((request, response) => {
      if (request.url === '/queries/recording/post') response.writeHead(302, { location: '/file/rec1' }).end()
      else response.writeHead(200, { 'content-type': 'audio/wav' }).end(stereoWav(12))
    })
    await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve))
    ;[hub, browser] = await Promise.all([openConsoleHub({ ADMIN_API_KEY: key }), openChromium()])
    const token = new URL(hub.setupLink).searchParams.get('token')
    const headers = { 'content-type': 'application/json' }
    const made = await fetch(`${hub.url}/api/v1/setup`, { method: 'POST', headers, body: JSON.stringify({ token, admin, firm }) })
    if (!made.ok) throw new Error(`set-up: ${made.status} ${await made.text()}`)
    channel = await api('POST', '/channels', { connector: 'pbx-webhook', name: 'АТС', settings: { secret } })
    await api('PUT', `/channels/${channel.id}/addresses`, {
      items: [{ value: '+78463001240', name: '300-12-40', source: '«Щит на Московском», наружная реклама' }],
    })
    const apiRoot = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`
    mango = await api('POST', '/channels', { connector: 'mango-office', name: 'Mango', settings: { apiKey: 'k1', apiSalt: 's1', apiRoot } })
    await api('PUT', '/call-questions', { items: [{ questions: [{ text: 'Какой объект?', field: 'object' }] }] })
    const first = await hire('Анна Белова', 'anna@kontur-okna63.ru', '101')
    anna = first.page
    annaId = first.id
    boris = (await hire('Борис Шубин', 'boris@kontur-okna63.ru', '102')).page
  })
  afterAll(async () => {
    await browser?.close()
    await hub?.close()
    vendor?.closeAllConnections()
    vendor?.close()
  })

  const phone = (page: Page) => page.getByRole('region', { name: 'Телефон' })
  const card = (page: Page, number: string) => phone(page).getByRole('article', { name: `Звонит ${number}` })
  async function picture(page: Page, name: string): Promise<void> {
    await standStill(page)
    await page.screenshot({ path: join(shots, `${name}.png`) })
    expect(await seriousFaults(page)).toEqual([])
  }

  test('a telephone that rings alone opens the card of its user, without taking the focus; a key chooses whose call it is', async () => {
    const number = '+79171406208'
    const wife = await api<{ id: string }>('POST', '/contacts', { name: 'Марина Осипова', identities: [{ kind: 'phone', value: number }] })
    await api('POST', '/tasks', { title: 'КП с ламинацией', due: { at: '2030-11-20T13:00:00.000Z' }, contactId: wife.id })
    const husband = await api<{ id: string }>('POST', '/contacts', { name: 'Андрей Лукьянов', identities: [{ kind: 'phone', value: number }] })
    await anna.keyboard.press('Control+K')
    const typing = anna.getByRole('dialog').getByRole('textbox')
    await typing.fill('Лапин')
    await tell({ event: 'ringing', callId: 'first', direction: 'inbound', from: number, dialled: '+78463001240', extension: '101' })
    await card(anna, number).waitFor()
    expect(await typing.evaluate((field) => field === document.activeElement)).toBe(true)
    await anna.keyboard.type(' 2')
    await expect.poll(() => typing.inputValue()).toBe('Лапин 2')
    await anna.keyboard.press('Escape')
    await card(anna, number).getByText('«Щит на Московском»').first().waitFor()
    await card(anna, number).getByText('обещано: КП с ламинацией').first().waitFor()
    expect(await phone(boris).count()).toBe(0)
    await picture(anna, 'ringing')
    const second = card(anna, number).getByRole('button', { name: /^2/ })
    const [chosen, other] = /Андрей/.test((await second.textContent()) ?? '') ? [husband, wife] : [wife, husband]
    await anna.keyboard.press('Alt+Digit2')
    await expect.poll(() => new URL(anna.url()).pathname, patient).toBe(`/waiting/${chosen.id}`)
    await expect.poll(async () => (await api<{ items: { contactId: string }[] }>('GET', '/calls')).items[0]?.contactId).toBe(chosen.id)
    expect((await api<{ items: { kind: string }[] }>('GET', `/contacts/${other.id}/timeline?kind=call`)).items).toEqual([])
  })

  test('during the call its note, result and questions are written; afterwards the next step; the next call does not wait for it', async () => {
    const number = '+79171406208'
    await tell({ event: 'answered', callId: 'first', extension: '101' })
    await card(anna, number).getByText('разговор', { exact: true }).first().waitFor()
    await card(anna, number).getByLabel('Какой объект?').fill('Ново-Садовая, 42')
    await card(anna, number).getByLabel('Заметка').fill('Ждёт расчёт с ламинацией')
    await card(anna, number).getByLabel('Результат').selectOption('Думает')
    expect(await card(anna, number).getByRole('button', { name: 'Перевести' }).count()).toBe(0)
    await picture(anna, 'talking')
    await tell({ event: 'ended', callId: 'first', outcome: 'answered' })
    await card(anna, number).getByText('разговор окончен').first().waitFor()
    await tell({ event: 'ringing', callId: 'second', direction: 'inbound', from: '+79370721105', dialled: '+78463001240', extension: '101' })
    await card(anna, '+79370721105').waitFor()
    await tell({ event: 'ended', callId: 'second', outcome: 'missed' })
    await card(anna, number).getByLabel('Что дальше').fill('Перезвонить с расчётом')
    await card(anna, number).getByRole('button', { name: 'Записать' }).click()
    // A step without its time would be forgotten.
    expect(
      await card(anna, number)
        .getByRole('textbox', { name: 'Когда' })
        .evaluate((field) => field.matches(':invalid')),
    ).toBe(true)
    await card(anna, number).getByRole('textbox', { name: 'Когда' }).fill('23.11.2030 10:00')
    await picture(anna, 'wrap-up')
    await card(anna, number).getByRole('button', { name: 'Записать' }).click()
    await expect.poll(() => phone(anna).count(), patient).toBe(0)
    const answered = async () => (await api<{ items: { contactId: string }[] }>('GET', '/calls?outcome=answered')).items[0]
    await expect.poll(answered).toMatchObject({ note: 'Ждёт расчёт с ламинацией', disposition: 'Думает', userId: annaId })
    const contactId = (await answered())?.contactId
    await expect.poll(() => api('GET', `/contacts/${contactId}`)).toMatchObject({ fields: { object: 'Ново-Садовая, 42' } })
    const tasks = async () => (await api<{ items: { title: string }[] }>('GET', `/tasks?contactId=${contactId}`)).items.map(({ title }) => title)
    await expect.poll(tasks).toContain('Перезвонить с расчётом')
  })

  test('a group gives everybody a strip; who answers gets the card; of two tabs one sounds', async () => {
    const number = '+79021183315'
    const tab = await anna.context().newPage()
    await tab.goto(hub.url)
    await tab.getByText('онлайн').first().waitFor()
    const ring = (extension: string) => ({
      event: 'ringing',
      callId: 'group',
      direction: 'inbound',
      from: number,
      dialled: '+78463001240',
      extension,
    })
    await tell(ring('101'), ring('102'))
    for (const page of [anna, tab, boris]) await card(page, number).getByText('звонит всем').first().waitFor()
    const ringing = async () => await Promise.all([anna, tab].map((page) => phone(page).getAttribute('data-rings')))
    await expect.poll(async () => (await ringing()).toSorted((a, b) => String(a).localeCompare(String(b))), patient).toEqual(['false', 'true'])
    await picture(boris, 'strip')
    await tell({ event: 'answered', callId: 'group', extension: '101' })
    await card(anna, number).getByText('разговор', { exact: true }).first().waitFor()
    await expect.poll(() => phone(boris).count(), patient).toBe(0)
    await tell({ event: 'ended', callId: 'group', outcome: 'answered' })
    await card(anna, number).getByRole('button', { name: 'Записать' }).click()
    await expect.poll(() => phone(anna).count(), patient).toBe(0)
    await tab.close()
  })

  const waiting = (page: Page, words: RegExp) => page.getByRole('region', { name: 'Ждут ответа' }).getByRole('link', { name: words })

  test('who rang in vain waits in one row, however often he tried, until either side gets through', async () => {
    const number = '+79379852064'
    for (const [index, callId] of ['try-1', 'try-2', 'try-3'].entries()) {
      await tell({ event: 'ringing', callId, direction: 'inbound', from: number, dialled: '+78463001240', extension: '103' })
      await tell({ event: 'ended', callId, outcome: 'missed', at: new Date(Date.now() + index).toISOString() })
    }
    await boris.getByRole('link', { name: /Ждут/ }).first().click()
    await waiting(boris, /937 985-20-64.*звонков: 3, не перезвонили/).waitFor(patient)
    await waiting(boris, /937 985-20-64/).click()
    await boris.getByText('Пропущен, не перезвонили').first().waitFor()
    await expect.poll(() => boris.getByText('Пропущен, не перезвонили').count()).toBe(3)
    await picture(boris, 'missed')
    await tell({ event: 'started', callId: 'back', direction: 'outbound', to: number, client: number, extension: '102' })
    await tell({ event: 'answered', callId: 'back', extension: '102' }, { event: 'ended', callId: 'back', outcome: 'answered' })
    await expect.poll(() => waiting(boris, /937 985-20-64/).count(), patient).toBe(0)
    await boris
      .getByText(/Пропущен, перезвонили через/)
      .first()
      .waitFor()
  })

  test('a recording plays where the call stands: both sides, any speed, without its silence, and its listening is on record', async () => {
    const began = Math.floor(Date.now() / 1000) - 25
    await tellMango('/events/summary', {
      entry_id: 'e1',
      call_direction: 1,
      from: { number: '79270041836' },
      to: { extension: '101', number: '101' },
      line_number: '78463001240',
      create_time: began,
      forward_time: began + 5,
      talk_time: began + 10,
      end_time: began + 22,
      entry_result: 1,
      disconnect_reason: 1110,
    })
    await tellMango('/events/recording', {
      recording_id: 'rec1',
      recording_state: 'Completed',
      seq: 2,
      entry_id: 'e1',
      call_id: 'c1',
      extension: '101',
      timestamp: began + 22,
      completion_code: 1000,
    })
    interface Recorded {
      id: string
      contactId: string
      from: string
      recordings: { state: string }[]
    }
    const recorded = async () => (await api<{ items: Recorded[] }>('GET', '/calls?recorded=true')).items[0]
    await expect.poll(async () => (await recorded())?.recordings[0]?.state, patient).toBe('ready')
    const call = await recorded()
    await dualTracks(hub.databaseUrl)
    await anna.goto(`${hub.url}/waiting/${call?.contactId}`)
    await anna.getByRole('button', { name: /^Слушать/ }).click()
    const player = anna.getByRole('region', { name: 'Запись разговора' })
    await player.getByText('Клиент').first().waitFor()
    await player.getByRole('img', { name: '0:07–0:09 Записи не было: её приостановили' }).waitFor()
    await player.getByRole('button', { name: 'без тишины' }).click()
    await player.getByLabel('Скорость').selectOption('0.5')
    await player.getByRole('button', { name: 'Слушать' }).click()
    const second = async () => Number((await player.textContent())?.match(/0:(\d\d)/)?.[1] ?? 0)
    await expect.poll(second, patient).toBeGreaterThan(0)
    await player.getByRole('button', { name: 'Пауза' }).click()
    await player.getByRole('button', { name: 'Слушать' }).waitFor()
    await anna.keyboard.press('KeyJ')
    await expect.poll(second, patient).toBe(0)
    await anna.keyboard.press('KeyL')
    await expect.poll(second, patient).toBe(10)
    expect(await anna.getByRole('dialog').count(), 'the key of the log is that of the player here').toBe(0)
    // From the beginning, so that it still plays when it is looked at.
    await anna.keyboard.press('KeyJ')
    await expect.poll(second, patient).toBe(0)
    await anna.keyboard.press('KeyK')
    await player.getByRole('button', { name: 'Пауза' }).waitFor()
    await anna.keyboard.press('KeyK')
    await player.getByRole('button', { name: 'Слушать' }).waitFor()
    await picture(anna, 'player')
    await anna.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
    await anna.keyboard.press('KeyL')
    await anna.getByRole('dialog').waitFor()
    await anna.keyboard.press('Escape')
    const acts = async () => (await api<{ items: { action: string }[] }>('GET', '/audit')).items.map(({ action }) => action)
    await expect.poll(acts).toContain('recording.listened')
  })

  test('a manager walks through the calls by keys, marks what was done, comments a moment, and sees who listened; its operator reads it', async () => {
    const chief = await enter(admin.email, admin.password)
    await chief.getByRole('link', { name: 'Звонки' }).click()
    const rows = chief.getByRole('table', { name: 'Звонки' }).getByRole('row')
    await rows.filter({ hasText: '+7 927 004-18-36' }).click()
    const review = chief.getByRole('region', { name: 'Звонок' })
    await review.getByRole('button', { name: 'Слушать' }).click()
    await review.getByRole('button', { name: 'Пауза' }).click()
    await review.getByLabel(/^К моменту/).fill('Срок надо назвать сразу')
    await review.getByRole('button', { name: 'Добавить' }).click()
    await review.getByText('Срок надо назвать сразу').first().waitFor()
    await chief.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
    const pressed = (item: string) => review.getByRole('group', { name: item }).getByRole('button', { pressed: true })
    await chief.keyboard.press('Digit1')
    await expect.poll(() => pressed('Представился, назвал фирму').textContent(), patient).toBe('1')
    await review.getByRole('group', { name: 'Назвал срок' }).getByRole('button', { name: '0' }).click()
    await chief.keyboard.press('Digit1')
    await chief.keyboard.press('Minus')
    await review.getByText('из 3 отмеченных').first().waitFor()
    await review.getByRole('group', { name: 'Назвал срок' }).locator('xpath=following::fieldset[1]').getByRole('button', { name: '—' }).click()
    await review.getByText('из 2 отмеченных').first().waitFor()
    await picture(chief, 'calls')
    await review.getByRole('button', { name: 'Сохранить и дальше' }).click()
    await rows.filter({ hasText: '+7 927 004-18-36' }).getByText('1 из 2').first().waitFor()
    await chief.getByText('Пропущены').click()
    await rows.filter({ hasText: '+7 927 004-18-36' }).waitFor({ state: 'detached' })
    await expect.poll(() => rows.count(), patient).toBeGreaterThan(3)
    await rows.nth(1).click()
    const first = new URL(chief.url()).search
    await chief.keyboard.press('BracketRight')
    await expect.poll(() => new URL(chief.url()).search, patient).not.toBe(first)
    await anna.goto(`${hub.url}/calls`)
    await anna.getByRole('table', { name: 'Звонки' }).getByRole('row').filter({ hasText: '+7 927 004-18-36' }).click()
    await anna.getByRole('region', { name: 'Звонок' }).getByText('Срок надо назвать сразу').first().waitFor()
    await anna
      .getByText(/Ольга Реброва — слушал/)
      .first()
      .waitFor()
    await anna.getByText('из 2 отмеченных').first().waitFor()
    await picture(anna, 'calls-operator')
    await chief.goto(`${hub.url}/team`)
    await chief
      .getByRole('row', { name: /Борис Шубин/ })
      .getByRole('button', { name: '102' })
      .click()
    await chief.getByRole('dialog').getByText('По этим номерам АТС сообщает').first().waitFor()
    await picture(chief, 'numbers')
    await chief.keyboard.press('Escape')
    await chief.getByLabel('Чьи вопросы').selectOption({ label: '300-12-40, +78463001240' })
    await chief.getByRole('textbox', { name: 'Вопросы в разговоре' }).fill('Где увидели щит? = shield')
    await chief.getByRole('region', { name: 'Вопросы в разговоре' }).getByRole('button', { name: 'Сохранить' }).click()
    await chief.getByText('Вопросы сохранены').first().waitFor()
    const lists = await api<{ items: { dialled: string | null }[] }>('GET', '/call-questions')
    expect(lists.items.map(({ dialled }) => dialled)).toContain('+78463001240')
    await chief.goto(`${hub.url}/channels`)
    await chief.getByText('АТС', { exact: true }).first().click()
    await chief.getByText('Наши номера').click()
    await picture(chief, 'addresses')
    await chief.goto(`${hub.url}/recordings`)
    await chief.getByText('Записи хранятся всегда').first().waitFor()
    await chief.getByRole('button', { name: '+ правило' }).click()
    await chief.getByText('Этой ночью ничего не сотрётся').first().waitFor()
    await ageCalls(hub.databaseUrl)
    await chief.getByLabel('Дней').fill('30')
    await chief
      .getByText(/Этой ночью будет стёрто записей: 1,/)
      .first()
      .waitFor()
    await picture(chief, 'retention')
    await chief.getByRole('button', { name: 'Сохранить' }).click()
    await chief.getByText('Правила сохранены').first().waitFor()
    expect(await api('GET', '/recording-retention')).toMatchObject({ rules: [{ days: 30, channelId: null }] })
    await chief.context().close()
  })

  test('from the event of the PBX to the painted card it takes at most 300 ms in 95 of 100', async () => {
    const took: number[] = []
    for (let round = 0; round < 30; round++) {
      const number = `+7927555${String(round).padStart(4, '0')}`
      const painted = anna.evaluate(
        (wanted) =>
          new Promise<number>((done) => {
            const look = () => {
              if (document.querySelector(`article[aria-label="${wanted}"] button`)) requestAnimationFrame(() => setTimeout(() => done(Date.now())))
              else requestAnimationFrame(look)
            }
            look()
          }),
        `Звонит ${number}`,
      )
      const began = Date.now()
      await tell({ event: 'ringing', callId: `fast-${round}`, direction: 'inbound', from: number, dialled: '+78463001240', extension: '101' })
      took.push((await painted) - began)
      await tell({ event: 'ended', callId: `fast-${round}`, outcome: 'missed' })
      await expect.poll(() => card(anna, number).count(), patient).toBe(0)
      await anna.waitForTimeout(restMs)
    }
    took.sort((a, b) => a - b)
    console.info(`ringing: median ${took[14]} ms, p95 ${took[28]} ms, most ${took[29]} ms of ${took.length}`)
    // The promise is 300 ms on a machine of its own (RINGING_P95_MS=300); on one that is shared with other tests the middle shows only that nothing polls or loads a page.
    const promised = process.env.RINGING_P95_MS
    expect(promised ? took[28] : took[14]).toBeLessThan(Number(promised ?? 3_000))
  })
})
