import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hasChromium, openChromium } from '../support/chromium.ts'
import { seriousFaults } from './accessibility.ts'
import { type ConsoleHub, openConsoleHub } from './console-hub.ts'
import { goTo } from './go-to.ts'
import { chooseScheme, standStill } from './stand-still.ts'
import { openWatched, type WatchedContext } from './watched-context.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const admin = { name: 'Ольга Романова', email: 'olga@kontur-okna63.ru', password: 'stekla-na-balkone-6' }
/** Where to leave pictures of every scene; nowhere when unset. */
const pictures = process.env.E2E_PICTURES

describe.skipIf(!hasChromium())('every scene of the console', () => {
  let hub: ConsoleHub
  let browser: Browser
  let office: WatchedContext
  let page: Page
  let hookUrl = ''

  beforeAll(async () => {
    ;[hub, browser] = await Promise.all([openConsoleHub(), openChromium()])
    office = await openWatched(browser, hub.url)
    page = office.page
    if (pictures) mkdirSync(pictures, { recursive: true })
  })

  afterAll(async () => {
    await browser?.close()
    await hub?.close()
  })

  const submit = async (fields: Record<string, string>) => {
    const answer = await fetch(hookUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) })
    expect(answer.status).toBe(200)
  }
  const rows = (name: string) => page.getByRole('region', { name: 'Ждут ответа' }).getByRole('link', { name })

  test('the printed link opens the set-up page, which ends in the console', async () => {
    await page.goto(hub.setupLink)
    expect(await seriousFaults(page)).toEqual([])
    await picture(page, 'setup')
    await page.getByLabel('Название фирмы').fill('Контур Окна')
    await page.getByLabel('Ваше имя').fill(admin.name)
    await page.getByLabel('Ваша почта').fill(admin.email)
    await page.getByLabel('Пароль', { exact: false }).first().fill(admin.password)
    await page.getByRole('button', { name: 'Готово' }).click()
    await page.getByText(`Адрес ${hub.url} виден только из вашей сети.`).first().waitFor()
    await page
      .getByText(/хаб сам ходит за сообщениями: .*Telegram-бот/)
      .first()
      .waitFor()
    await picture(page, 'setup-done')
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('link', { name: 'Подключить первый канал' }).click()
    await page.getByRole('heading', { name: 'Каналы' }).waitFor()
  })

  test('without channels it teaches what a channel is and offers the catalogue', async () => {
    await page.getByText('Каналов пока нет').first().waitFor()
    expect(await page.getByRole('button', { name: 'Отмена' }).count()).toBe(0)
    await picture(page, 'channels-empty')
    await page.getByRole('button', { name: 'Добавить канал' }).click()
    for (const name of [/Telegram/, /почта/, /Формы сайта/]) await page.getByRole('button', { name }).first().waitFor()
    await picture(page, 'catalogue')
    expect(await seriousFaults(page)).toEqual([])
  })

  test('a form is one click, and gives its address and its code', async () => {
    await goTo(page, 'Формы')
    await page.getByText('Форм пока нет').first().waitFor()
    await page.getByRole('button', { name: 'Новая форма' }).click()
    const address = page.locator('code', { hasText: `${hub.url}/hooks/form/` }).first()
    await address.waitFor()
    hookUrl = (await address.textContent()) ?? ''
    await page.getByText('Ждём первое обращение').first().waitFor()
    await page.getByText('curl').first().waitFor()
  })

  test('a request appears among those who wait without a reload, within 2 s', async () => {
    await goTo(page, 'Ждут')
    await page.getByText('Никто не ждёт').first().waitFor()
    await page.getByText('онлайн').first().waitFor()
    const appears = async (fields: Record<string, string> & { Name: string }) => {
      const sent = performance.now()
      await submit(fields)
      await rows(fields.Name).waitFor()
      return Math.round(performance.now() - sent)
    }
    const phone = '+7 927 004-18-36'
    const tries = [
      await appears({ Name: 'Марина Осипова', Phone: phone, Тема: 'Балкон 6 м', Сообщение: 'Интересует тёплое остекление', utm_source: 'yandex' }),
    ]
    // A machine that was held up once is no fault of ours; one that is slow three times is.
    for (const Name of ['Павел Ершов', 'Ирина Дёмина']) {
      if (Math.min(...tries) > 2_000) tries.push(await appears({ Name, Phone: `+7 927 004-18-4${tries.length}`, Сообщение: 'Три окна' }))
    }
    process.stdout.write(`from the form's hook to the operator's screen: ${tries.join(', ')} ms\n`)
    expect(Math.min(...tries)).toBeLessThanOrEqual(2_000)
  })

  test('the waiting chip of the form turns green by itself', async () => {
    await goTo(page, 'Формы')
    await page.getByText('работает').first().waitFor()
    await goTo(page, 'Ждут')
  })

  test('the card says who it is, and each entry why it is there', async () => {
    await rows('Марина Осипова').click()
    const card = page.getByRole('complementary', { name: 'Карточка' })
    await card.getByText('+7 927 004-18-36').first().waitFor()
    await card.getByText('со слов').first().waitFor()
    await page.getByRole('button', { name: 'почему здесь' }).click()
    await page.getByText('создана новая карточка').first().waitFor()
    await picture(page, 'conversation')
  })

  test('a note for colleagues stays on the timeline', async () => {
    const note = 'Просила звонить после шести'
    await page.getByRole('group', { name: 'Канал ответа' }).getByRole('button', { name: 'Заметка' }).click()
    await page.getByPlaceholder('Заметка для коллег').fill(note)
    await page.keyboard.press('Enter')
    await page.getByRole('article').getByText(note).first().waitFor()
  })

  test('what came while the socket was cut appears after it, once each; the lamp turns red and green', async () => {
    await office.cutSocket(true)
    await page.getByText('отстаёт').first().waitFor()
    await submit({ Name: 'Алексей Воронин', Phone: '+7 937 072-11-05', Сообщение: 'Балкон под ключ' })
    await submit({ Name: 'Руслан Гатин', Phone: '+7 917 118-40-22', Сообщение: 'Дует из-под створки' })
    await page.waitForTimeout(500)
    expect(await rows('Алексей Воронин').count()).toBe(0)
    await office.cutSocket(false)
    await page.getByText('онлайн').first().waitFor()
    await rows('Алексей Воронин').waitFor()
    await rows('Руслан Гатин').waitFor()
    expect(await Promise.all(['Марина Осипова', 'Алексей Воронин', 'Руслан Гатин'].map((name) => rows(name).count()))).toEqual([1, 1, 1])
    await rows('Руслан Гатин').click()
    await page.getByRole('article').getByText('Дует из-под створки').first().waitFor()
    expect(await page.getByRole('article').count()).toBe(1)
  })

  test('after the hub is killed and started again the console is live by itself', async () => {
    const before = office.errors.length
    await hub.killAndRestart()
    await page.getByText('онлайн').first().waitFor()
    await submit({ Name: 'Тимур Сагитов', Phone: '+7 902 331-08-15', Сообщение: 'Три окна, нужен замер' })
    await rows('Тимур Сагитов').waitFor()
    const meanwhile = office.errors.splice(before)
    expect(meanwhile.filter((error) => !error.includes('net::ERR_'))).toEqual([])
  })

  test('the log shows what came, byte for byte, and a replay adds nothing', async () => {
    await goTo(page, 'Журнал')
    await page.getByRole('row').filter({ hasText: 'Заявка' }).last().click()
    await page.locator('pre', { hasText: '"Name":"Марина Осипова"' }).waitFor()
    await picture(page, 'log')
    await page.getByRole('button', { name: 'Посмотреть, что изменится' }).click()
    await page.getByText('Ничего не изменится.').first().waitFor()
    await picture(page, 'replay')
    await page.getByRole('button', { name: 'Прогнать заново' }).click()
    await page.getByText('Прогнано').first().waitFor()
    await goTo(page, 'Клиенты')
    await page.getByRole('heading', { name: 'Клиенты' }).waitFor()
    const cards = page.getByRole('row').filter({ hasText: 'Марина Осипова' })
    await cards.first().waitFor()
    expect(await cards.count()).toBe(1)
  })

  test('spam waits in quarantine until somebody lets it out', async () => {
    await submit({ name: 'Bot', phone: '+7 999 000-00-01', message: 'buy', honeypot: 'filled' })
    await goTo(page, 'Карантин')
    await page.getByText('buy').first().waitFor()
    await picture(page, 'quarantine')
    await page.getByRole('button', { name: 'Выпустить' }).click()
    await page.getByText('Карантин пуст').first().waitFor()
    await goTo(page, 'Ждут')
    await rows('Bot').waitFor()
  })

  test('a refused request stands beside the log in words', async () => {
    const answer = await fetch(`${hookUrl}x`, { method: 'POST', body: '{}' })
    expect(answer.status).toBe(404)
    await goTo(page, 'Журнал')
    await page.getByText('Отказы за 24 часа').first().waitFor()
  })

  test('every scene is free of serious faults in light, in dark and on a phone', async () => {
    const scenes = ['Ждут', 'Клиенты', 'Лиды', 'Каналы', 'Формы', 'Журнал', 'Карантин', 'Команда', 'Ключи', 'Аудит', 'Профиль']
    const looks = [
      { look: 'light', colorScheme: 'light', width: 1440, height: 900, rules: undefined },
      { look: 'dark', colorScheme: 'dark', width: 1280, height: 800, rules: ['color-contrast'] },
      { look: 'phone', colorScheme: 'light', width: 390, height: 844, rules: ['target-size', 'scrollable-region-focusable'] },
    ] as const
    const faults: string[] = []
    for (const scene of [...scenes, 'Карточка']) {
      await chooseScheme(page, 'light')
      await page.setViewportSize({ width: 1440, height: 900 })
      await goTo(page, scene === 'Карточка' ? 'Ждут' : scene)
      if (scene === 'Карточка') await rows('Марина Осипова').click()
      await page.getByRole('heading').first().waitFor()
      for (const { look, colorScheme, width, height, rules } of looks) {
        await chooseScheme(page, colorScheme)
        await page.setViewportSize({ width, height })
        const found = await seriousFaults(page, rules && [...rules])
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        if (overflow > 0) found.push(`${overflow} px wider than the screen`)
        faults.push(...found.map((fault) => `${scene}, ${look}: ${fault}`))
        await picture(page, `${look}-${scene}`)
      }
    }
    await chooseScheme(page, 'light')
    await page.setViewportSize({ width: 1440, height: 900 })
    expect(faults).toEqual([])
  })

  test('an invited operator signs in with at most 250 KB of script, and sees neither channels nor team', async () => {
    await goTo(page, 'Команда')
    await page.getByRole('button', { name: 'Пригласить' }).click()
    await page.getByLabel('Имя').fill('Денис Ким')
    await page.getByLabel('Почта').fill('denis@kontur-okna63.ru')
    await page.getByRole('button', { name: 'Пригласить' }).last().click()
    const words = await page.getByText('Временный пароль').textContent()
    const password = /пароль: (\S+)\. /.exec(words ?? '')?.[1] ?? ''
    const desk = await openWatched(browser, hub.url)
    await signIn(desk.page, 'denis@kontur-okna63.ru', password)
    await desk.page.getByRole('link', { name: 'Марина Осипова' }).waitFor()
    const kilobytes = Math.round((await scriptBytes(desk.page)) / 1024)
    process.stdout.write(`scripts of the first screen, gzipped: ${kilobytes} KB\n`)
    expect(kilobytes).toBeLessThanOrEqual(250)
    const sections = await desk.page.getByRole('navigation').getByRole('link').allTextContents()
    expect(sections.join(' ')).toContain('Ждут')
    for (const hidden of ['Каналы', 'Формы', 'Команда', 'Ключи']) expect(sections.join(' ')).not.toContain(hidden)
    expect(desk.errors).toEqual([])
    expect(desk.strangers).toEqual([])
    await ownPassword(desk.page, password, 'denis-i-okna-63')
    await desk.page.getByText('онлайн').waitFor()
    await picture(desk.page, 'own-password')
    await desk.page.getByRole('button', { name: 'Выйти' }).click()
    await signIn(desk.page, 'denis@kontur-okna63.ru', 'denis-i-okna-63')
    await desk.page.getByRole('link', { name: 'Марина Осипова' }).waitFor()
    await desk.context.close()
  })

  test('the language changes at once and back; one leaves and comes again', async () => {
    await goTo(page, 'Профиль').catch(() => page.goto(`${hub.url}/profile`))
    await page.getByText('English').click()
    await page.getByRole('heading', { name: 'Profile' }).waitFor()
    await page.getByText('Русский').click()
    await page.getByRole('heading', { name: 'Профиль' }).waitFor()
    await page.getByRole('button', { name: 'Выйти' }).click()
    await signIn(page, admin.email, 'not the password')
    await page.getByText('Почта или пароль не подходят').first().waitFor()
    await signIn(page, admin.email, admin.password)
    await rows('Марина Осипова').waitFor()
  })

  test('nothing was complained of, and nobody else was asked for anything', () => {
    expect(office.errors.filter((error) => !/sign-in\/email/.test(error))).toEqual([])
    expect(office.strangers).toEqual([])
  })

  async function signIn(at: Page, email: string, password: string): Promise<void> {
    if (!at.url().startsWith(hub.url)) await at.goto(hub.url)
    await at.getByLabel('Почта').fill(email)
    await at.getByLabel('Пароль', { exact: false }).first().fill(password)
    await at.getByRole('button', { name: 'Войти' }).click()
  }
})

/** The temporary password is changed by who was given it, and by nobody who does not know it. */
async function ownPassword(page: Page, temporary: string, own: string): Promise<void> {
  await page.getByRole('link', { name: 'Профиль' }).click()
  const form = page.locator('form').filter({ hasText: 'Новый пароль' })
  for (const [current, answer] of [
    ['not the password', 'Текущий пароль не подходит'],
    [temporary, 'Пароль сменён'],
  ] as const) {
    await form.getByLabel('Текущий пароль').fill(current)
    await form.getByLabel('Новый пароль').fill(own)
    await form.getByRole('button', { name: 'Сменить пароль' }).click()
    await page.getByText(answer).waitFor()
  }
}

/** Scripts loaded from the opening of the page until it asked who waits, gzipped: what is fetched ahead after that holds nobody up. */
async function scriptBytes(page: Page): Promise<number> {
  const addresses = await page.evaluate(() => {
    const loaded = performance.getEntriesByType('resource')
    const asked = loaded.find(({ name }) => name.includes('/api/v1/waiting'))?.startTime ?? Number.POSITIVE_INFINITY
    return loaded.filter(({ startTime }) => startTime < asked).map(({ name }) => name)
  })
  const scripts = [...new Set(addresses)].filter((address) => address.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(3)
  const sizes = await Promise.all(scripts.map(async (address) => gzipSync(await (await fetch(address)).arrayBuffer()).byteLength))
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return
  await standStill(page)
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}
