import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { instagram, messenger, whatsapp } from '../support/messengers/meta.ts'
import { avito, max, viber, vk } from '../support/messengers/others.ts'
import { type Entry, newNumber, type PlayedChannel, type PlayedVendor, play } from '../support/messengers/played.ts'
import type { Said } from '../support/messengers/vendor.ts'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

// Every messenger through the whole program: real hooks, and a vendor of our own on 127.0.0.1 that answers.

const patient = { timeout: 60_000, interval: 100 }
const emoji = '👩‍👩‍👧‍👦🇷🇺😀'
const hundredKilobytes = emoji.repeat(Math.ceil(100_000 / Buffer.byteLength(emoji)))
const rightToLeft = 'שלום עולם — السلام عليكم‎ 123 (אבג) ‏!'
const cyrillic = /[а-яё]/i

let hub: RunningHub
beforeAll(async () => {
  hub = await startRunningHub()
}, 240_000)
afterAll(() => hub?.close())

describe.each([whatsapp, messenger, instagram, viber, vk, max, avito])('$id', (vendor) => {
  let played: PlayedVendor
  let channel: PlayedChannel
  beforeAll(async () => {
    played = await play(vendor)
  })
  afterAll(() => played?.close())
  beforeEach(async () => {
    played.refusals = []
    played.beforeAnswer = undefined
    played.cuts = 0
    played.sent.splice(0)
    channel = await played.newChannel(hub)
  })

  const message = (text: string, more: Partial<Said> = {}): Said => ({ id: newNumber(), client: newNumber(), text, ...more })
  const until = <Value>(read: () => Promise<Value>) => expect.poll(read, patient)

  /** A client who wrote, and his conversation. */
  async function talk(more: Partial<Said> = {}): Promise<{ client: number; conversationId: string }> {
    const said = message('Добрый день', more)
    await channel.say(said)
    await until(async () => (await channel.entries()).length).toBe(1)
    return { client: said.client, conversationId: (await channel.entries())[0]?.conversationId ?? '' }
  }

  async function ended(id: string, status: string): Promise<Entry | undefined> {
    await until(async () => (await channel.entry(id))?.status).toBe(status)
    return channel.entry(id)
  }

  it('of fifty messages one of which is broken forty-nine stand on the timeline, and the broken one is parked with its reason', async () => {
    const client = newNumber()
    const statuses = await channel.say(...Array.from({ length: 50 }, (_, at) => message(`message ${at}`, { client, isBroken: at === 17 })))
    expect(new Set(statuses)).toEqual(new Set([200]))
    await until(async () => (await channel.entries()).length).toBe(49)
    expect(new Set((await channel.entries()).map(({ text }) => text)).size).toBe(49)
    const parked = await hub.api<{ items: { events: { status: string; reason: string | null }[] }[] }>(
      'GET',
      `/deliveries?status=parked&channelId=${channel.id}`,
    )
    expect(parked.items.flatMap(({ events }) => events).filter(({ status }) => status === 'parked')).toMatchObject([
      { reason: expect.stringMatching(/./) as string },
    ])
  })

  it('the same webhook ten times at once is one message', async () => {
    const hooks = vendor.hooks([message('once')])
    const statuses = await Promise.all(Array.from({ length: 10 }, () => Promise.all(hooks.map(channel.post))))
    expect(new Set(statuses.flat())).toEqual(new Set([200]))
    await until(async () => (await channel.entries()).map(({ text }) => text)).toEqual(['once'])
    await channel.say(message('later'))
    await until(async () => (await channel.entries()).length).toBe(2)
  })

  if (vendor.media)
    it('a file is fetched; one whose link is dead says so', async () => {
      const { good = '', dead = '' } = vendor.media?.(played.root) ?? {}
      await channel.say(message('good', { media: good }), message('dead', { media: dead }))
      const states = async () => (await channel.entries()).flatMap(({ attachments }) => attachments.map(({ state }) => state)).toSorted()
      await until(states).toEqual(['missing', 'ready'])
      const missing = (await channel.entries()).flatMap(({ attachments }) => attachments).find(({ state }) => state === 'missing')
      expect(missing?.reason).toMatch(/no longer|dead/)
      expect(missing?.words?.ru).toMatch(cyrillic)
    })

  it('a revoked token holds the message, and the channel calls for a person in his language', async () => {
    const { conversationId } = await talk()
    played.refusals = ['revoked']
    const id = await channel.write(conversationId, 'Ждём вас')
    await until(async () => (await channel.entry(id))?.error?.code).toBe('auth_failed')
    expect(await channel.entry(id)).toMatchObject({ status: 'queued', error: { words: { ru: expect.stringMatching(cyrillic) as string } } })
    await until(async () => (await channel.state()).state).toBe('attention')
    const { stateDetail } = await channel.state()
    expect(stateDetail?.ru).toMatch(cyrillic)
    expect(stateDetail?.en).not.toMatch(cyrillic)
    expect(played.sent).toHaveLength(1)
  })

  it('asked to wait, it waits, and sends once', async () => {
    const { conversationId } = await talk()
    played.refusals = ['busy']
    await ended(await channel.write(conversationId, 'Одну секунду'), 'sent')
    expect(played.sent.map(({ text }) => text)).toEqual(['Одну секунду', 'Одну секунду'])
    const [first, second] = played.sent
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(950)
  })

  if (vendor.refused.window)
    it('a window that the vendor says is closed stands on the message in both languages', async () => {
      const { conversationId } = await talk()
      played.refusals = ['window']
      const entry = await ended(await channel.write(conversationId, 'Вы ещё думаете?'), 'failed')
      expect(entry?.error).toMatchObject({ code: 'window_closed', words: { ru: expect.stringMatching(cyrillic) as string } })
      expect(entry?.error?.words?.en).not.toMatch(cyrillic)
    })

  if (vendor.hasWindow)
    it('a window that is over is told before anything is sent, with the moment it closed', async () => {
      const longAgo = Date.now() - 8 * 24 * 3_600_000
      const { conversationId } = await talk({ at: longAgo })
      await expect(channel.write(conversationId, 'Алло')).rejects.toThrow(/422.*"refused":"window_closed".*"words":/)
      const limits = await hub.api<{ window: { closesAt: string } }>('GET', `/conversations/${conversationId}/limits`)
      expect(Math.abs(Date.parse(limits.window.closesAt) - (longAgo + 24 * 3_600_000))).toBeLessThan(1_000)
      expect(played.sent).toEqual([])
    })

  if (vendor.refused.blocked)
    it('a client who blocked us is told as such, and nothing is tried again', async () => {
      const { conversationId } = await talk()
      played.refusals = ['blocked']
      const entry = await ended(await channel.write(conversationId, 'Здравствуйте'), 'failed')
      expect(entry?.error).toMatchObject({ code: 'blocked', words: { ru: expect.stringMatching(cyrillic) as string } })
      expect(played.sent).toHaveLength(1)
    })

  if (vendor.blocked)
    it('that a client closed the door to us stands on his timeline', async () => {
      const { client } = await talk()
      const hook = vendor.blocked?.(client)
      if (hook) await channel.post(hook)
      await until(async () => (await channel.entries()).map(({ extra }) => extra?.event)).toContain('blocked_us')
    })

  if (vendor.showsKey)
    it('a message whose answer was lost is no question for a person any more once the vendor shows our own key of it', async () => {
      const { client, conversationId } = await talk()
      played.cuts = 1
      const id = await channel.write(conversationId, 'Дошло?')
      await ended(id, 'unconfirmed')
      const [sent] = played.sent
      if (!sent) throw new Error('nothing was sent')
      if (vendor.showsKey === 'echo') await channel.say(message('Дошло?', { id: sent.id, client, isOurs: true, ownKey: sent.ownKey }))
      else {
        const hook = vendor.seen?.hook(client, sent.id, sent.ownKey)
        if (hook) await channel.post(hook)
      }
      await ended(id, vendor.showsKey === 'echo' ? 'sent' : 'read')
      expect((await channel.entries()).filter(({ direction }) => direction === 'outbound')).toHaveLength(1)
      expect(played.sent).toHaveLength(1)
      // Its name is known: a later mark finds it.
      const hook = vendor.seen?.hook(client, sent.id)
      if (hook) await channel.post(hook)
      await ended(id, 'read')
    })

  if (vendor.seen)
    it('that the client read us is seen on the message, also when he is quicker than the vendor’s answer', async () => {
      const { client, conversationId } = await talk()
      const earlier = await channel.write(conversationId, 'первое')
      await ended(earlier, 'sent')
      let isTold = false
      played.beforeAnswer = async (id) => {
        const hook = vendor.seen?.hook(client, id)
        if (hook) await channel.post(hook)
        await channel.say(message('Читаю', { client }))
        await until(async () => (await channel.entries()).some(({ text }) => text === 'Читаю')).toBe(true)
        isTold = true
      }
      await ended(await channel.write(conversationId, 'второе'), 'read')
      expect(isTold).toBe(true)
      if (vendor.seen?.upTo) await ended(earlier, 'read')
      else expect((await channel.entry(earlier))?.status).toBe('sent')
    })

  if (vendor !== avito)
    it('ready answers stand under the message, and what does not fit is told before anything is sent', async () => {
      const { conversationId } = await talk()
      const write = (buttons: string[], text = 'Когда удобно?') =>
        hub.api<Entry>('POST', `/conversations/${conversationId}/messages`, { text, buttons })
      const { buttons: most } = await hub.api<{ buttons: { count: number; length: number } }>('GET', `/conversations/${conversationId}/limits`)
      const captions = Array.from({ length: most.count }, (_, at) => `${at} ${'я'.repeat(most.length)}`.slice(0, most.length))
      await expect(write([...captions, 'ещё'])).rejects.toThrow(/400/)
      await expect(write([`${captions[0]}я`])).rejects.toThrow(/400/)
      await expect(write(['Да', 'Да'])).rejects.toThrow(/400/)
      await expect(write(['Да'], ' ')).rejects.toThrow(/400/)
      expect(played.sent).toEqual([])
      const entry = await ended((await write(captions)).id, 'sent')
      expect(played.sent).toMatchObject([{ text: 'Когда удобно?', buttons: captions }])
      expect(entry?.extra?.buttons).toEqual(captions)
    })

  if (vendor === avito)
    it('a channel without buttons says so', async () => {
      const { conversationId } = await talk()
      await expect(hub.api('POST', `/conversations/${conversationId}/messages`, { text: 'x', buttons: ['Да'] })).rejects.toThrow(/422.*no buttons/)
    })

  it('a hundred kilobytes of emoji and right-to-left text come in whole and go out whole', async () => {
    const { conversationId } = await talk({ text: `${rightToLeft}${hundredKilobytes}` })
    expect((await channel.entries())[0]?.text).toBe(`${rightToLeft}${hundredKilobytes}`)
    const answer = `${rightToLeft} ${hundredKilobytes}`
    await ended(await channel.write(conversationId, answer), 'sent')
    expect(played.sent.every(({ text }) => text.isWellFormed())).toBe(true)
    expect(played.sent.map(({ text }) => text).join('')).toBe(answer)
  })

  if (vendor.echoes)
    it('what was written in the vendor’s own app appears as ours, once', async () => {
      const { client } = await talk()
      const echo = message('Из приложения', { client, isOurs: true })
      await channel.say(echo)
      await channel.say(echo)
      await until(async () => (await channel.entries()).map(({ direction, text }) => `${direction} ${text}`).toSorted()).toEqual([
        'inbound Добрый день',
        'outbound Из приложения',
      ])
    })

  if (vendor.echoes)
    it('the echo of our own answer is no second one, whether it comes before the vendor’s answer or after', async () => {
      const { client, conversationId } = await talk()
      const echoOf = (id: number, text: string) => message(text, { id, client, isOurs: true })
      const mine = async () =>
        (await channel.entries()).filter(({ direction }) => direction === 'outbound').map(({ text, status }) => `${text} ${status}`)
      played.beforeAnswer = async (id, { text }) => {
        await channel.say(echoOf(id, text))
        await until(async () => (await mine()).length).toBe(2)
      }
      await ended(await channel.write(conversationId, 'раньше'), 'sent')
      await until(mine).toEqual(['раньше sent'])
      played.beforeAnswer = undefined
      await ended(await channel.write(conversationId, 'позже'), 'sent')
      await channel.say(echoOf(played.sent.at(-1)?.id ?? 0, 'позже'), message('И ещё', { client }))
      await until(async () => (await channel.entries()).length).toBe(4)
      expect((await mine()).toSorted()).toEqual(['позже sent', 'раньше sent'])
    })
})
