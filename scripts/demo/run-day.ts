import { setTimeout as sleep } from 'node:timers/promises'
import { recorded, sendCalls } from './calls.ts'
import { sendChats } from './chats.ts'
import { type Doors, openDoors } from './doors.ts'
import { sendForms, sendTroubles } from './forms.ts'
import type { DemoHub } from './hub.ts'
import { answerAsMarina, sendLetters } from './letters.ts'
import type { OutsideWorld } from './outside-world.ts'

/** How the day went: what was sent, and what the hub says it made of it. */
export interface DaySummary {
  sent: number
  /** Sent a second time by the sender; no delivery of its own. */
  repeated: number
  refused: number
  deliveries: Record<string, number>
  quarantined: number
  contacts: string[]
  suggestions: number
  /** What went out: letters and messages of the bot. */
  answered: number
  /** By outcome. */
  calls: Record<string, number>
  recordings: number
}

interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

/** Sends the day through the doors and answers some of it. */
export async function runDay(hub: DemoHub, outside: OutsideWorld): Promise<DaySummary> {
  await hub.call('PATCH', '/settings', { name: 'Контур Окна', language: 'ru', timeZone: 'Europe/Samara', country: 'RU', client: 'contact' })
  await giveExtensions(hub)
  const doors = await openDoors(hub, outside)
  const counted = countSending(doors)
  try {
    await sendForms(counted.doors)
    await sendLetters(counted.doors)
    await settled(hub)
    await answerByLetter(hub, outside, counted.doors)
    await sendChats(counted.doors)
    await sendCalls(counted.doors)
    await sendTroubles(counted.doors)
    await settled(hub)
    await answerInChats(hub, outside)
    await until(async () => (await recordings(hub)) === recorded, 'the recordings to come')
    return await summarise(hub, outside, counted.sent())
  } finally {
    doors.close()
  }
}

/** Who signs in here has 101; Anna has 102. */
async function giveExtensions(hub: DemoHub): Promise<void> {
  await hub.call('POST', '/users', { name: 'Анна Белова', email: 'anna@kontur-okna63.example', role: 'operator', language: 'ru' })
  const { items } = await hub.call<Page<{ id: string; email: string }>>('GET', '/users')
  for (const { id, email } of items) {
    const value = email === hub.email ? '101' : '102'
    await hub.call('PUT', `/users/${id}/numbers`, { items: [{ channelId: null, value }] })
  }
}

function countSending(doors: Doors): { doors: Doors; sent(): number } {
  let sent = 0
  const counting = (name: string, value: unknown) => {
    if (typeof value !== 'function' || name === 'close') return value
    return (...args: unknown[]): unknown => {
      sent += 1
      return Reflect.apply(value, doors, args)
    }
  }
  const entries = Object.entries(doors).map(([name, value]) => [name, counting(name, value)])
  return { doors: Object.fromEntries(entries) as Doors, sent: () => sent }
}

/** Nothing is left to be applied. */
async function settled(hub: DemoHub): Promise<void> {
  await until(
    async () => (await hub.call<Page<unknown>>('GET', '/deliveries?status=received&limit=1')).items.length === 0,
    'everything to be applied',
  )
}

const offer = 'Расчёт балкона'

async function answerByLetter(hub: DemoHub, outside: OutsideWorld, doors: Doors): Promise<void> {
  const marina = await contactNamed(hub, 'Марина Осипова')
  const { items: channels } = await hub.call<{ items: { id: string; connector: string }[] }>('GET', '/channels')
  const channelId = channels.find(({ connector }) => connector === 'email')?.id
  const text = 'Марина, добрый день! Расчёт балкона готов: профиль Grazio, тёплое остекление, 6 м — 214 600 ₽ с монтажом.\n\nОльга, Контур Окна'
  await hub.call('POST', `/contacts/${marina}/messages`, { channelId, subject: offer, text })
  await until(() => outside.letters.length > 0, 'our letter to leave')
  await answerAsMarina(doors, outside.letters[0]?.messageId ?? '', offer)
}

const answers: [string, string][] = [
  ['Денис', 'Денис, здравствуйте! Делаем. Можем приехать на замер в четверг после 17:00, удобно?'],
  ['Олег Дмитриев', 'Олег, мастер приедет завтра с 10 до 12, как договаривались.'],
]

async function answerInChats(hub: DemoHub, outside: OutsideWorld): Promise<void> {
  for (const [name, text] of answers) {
    const contactId = await contactNamed(hub, name)
    const { items } = await hub.call<Page<{ id: string }>>('GET', `/conversations?contactId=${contactId}`)
    await hub.call('POST', `/conversations/${items[0]?.id}/messages`, { text })
  }
  await until(() => outside.botMessages.length >= answers.length, 'the answers to reach the bot')
}

async function contactNamed(hub: DemoHub, name: string): Promise<string> {
  const { items } = await hub.call<Page<{ id: string; name: string }>>('GET', `/contacts?query=${encodeURIComponent(name)}`)
  const found = items.find((contact) => contact.name === name)
  if (!found) throw new Error(`there is no card of ${name}`)
  return found.id
}

/** How many can be heard. */
async function recordings(hub: DemoHub): Promise<number> {
  const calls = await all<{ recordings: { state: string }[] }>(hub, '/calls')
  return calls.flatMap((call) => call.recordings).filter(({ state }) => state === 'ready').length
}

async function summarise(hub: DemoHub, outside: OutsideWorld, sent: number): Promise<DaySummary> {
  const deliveries = await all<{ status: string }>(hub, '/deliveries')
  const [contacts, quarantined, suggestions, refusals, calls] = await Promise.all([
    all<{ name: string }>(hub, '/contacts'),
    all(hub, '/quarantine'),
    all(hub, '/suggestions'),
    all(hub, '/refusals'),
    all<{ outcome: string | null }>(hub, '/calls'),
  ])
  return {
    sent,
    repeated: sent - refusals.length - deliveries.length,
    refused: refusals.length,
    deliveries: countBy(deliveries, ({ status }) => status),
    quarantined: quarantined.length,
    contacts: contacts.map(({ name }) => name).sort(),
    suggestions: suggestions.length,
    answered: outside.letters.length + outside.botMessages.length,
    calls: countBy(calls, ({ outcome }) => outcome ?? 'unknown'),
    recordings: await recordings(hub),
  }
}

function countBy<Item>(items: Item[], by: (item: Item) => string): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(items, by)].map(([name, some]) => [name, some.length]))
}

async function all<Item>(hub: DemoHub, path: string): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: Page<Item> = await hub.call<Page<Item>>('GET', `${path}?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return items
}

async function until(ready: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!(await ready())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`)
    await sleep(50)
  }
}
