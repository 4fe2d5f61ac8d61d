import type { Hub } from '../../../core/connector/hub.ts'
import { openedAt } from '../imap/folder-state.ts'
import { readDate, receivedDate } from '../inbound/times.ts'
import { sleep } from '../keep-running.ts'
import { type LetterFacts, letterDelivery } from '../letter-delivery.ts'
import { findBody, headerValue, letterKey, readHeaders } from '../mime/blocks.ts'
import type { Incoming } from '../servers/endpoints.ts'
import { connectFailure } from '../servers/mail-error.ts'
import type { EmailSettings } from '../settings.ts'
import type { Pop3Client } from './pop3-client.ts'
import { listLetters, openPop3, type Pop3Letter, retrieve, retrieveHeaders } from './pop3-mailbox.ts'
import { readSeenLetters, type SeenLetters } from './seen-letters.ts'

const defaultPollSeconds = 300
const maxLetterBytes = 64 * 1024 * 1024
const clockSlackMs = 5 * 60_000
const saveEvery = 20
/** After so many letters in a row that are too old, the rest of a first look is taken to be old as well. */
const oldInRow = 20
const firstDone = 'pop3-first-look'

/** Looks into a POP3 mailbox again and again; letters stay on the server. Rejects when a look fails. */
export async function pollMailbox(settings: EmailSettings, server: Incoming, hub: Hub, signal: AbortSignal): Promise<void> {
  const opened = await openedAt(hub.state, hub.clock.now())
  while (!signal.aborted) {
    await lookOnce({ settings, server, hub, opened: new Date(opened.getTime() - clockSlackMs) }, signal)
    hub.report({ state: 'ok' })
    await sleep((settings.pollSeconds ?? defaultPollSeconds) * 1000, signal)
  }
}

interface Look {
  settings: EmailSettings
  server: Incoming
  hub: Hub
  opened: Date
}

async function lookOnce(look: Look, signal: AbortSignal): Promise<void> {
  const client = await openPop3(look.settings, look.server, look.hub)
  const close = () => client.close()
  signal.addEventListener('abort', close)
  try {
    const letters = await listLetters(client)
    const seen = await readSeenLetters(look.hub.state)
    const isRebuilt = seen.compact(letters.map((letter) => letter.uid))
    const isFirst = isRebuilt || (await look.hub.state.get(firstDone)) === undefined
    await takeAll(look, { client, seen, signal, isFirst }, letters.filter((letter) => !seen.has(letter.uid)).reverse())
    if (signal.aborted) return
    await seen.save()
    await look.hub.state.set(firstDone, 'true')
    await client.command('QUIT')
  } catch (error) {
    throw connectFailure(error, look.server)
  } finally {
    signal.removeEventListener('abort', close)
    client.close()
  }
}

interface Reading {
  client: Pop3Client
  seen: SeenLetters
  signal: AbortSignal
  /** Nothing of this mailbox is known yet: only then dates decide what is wanted. Later, what is unknown is new. */
  isFirst: boolean
}

/** Newest first; a letter is marked as seen only after the hub has committed it. */
async function takeAll(look: Look, reading: Reading, letters: Pop3Letter[]): Promise<void> {
  let tooOld = 0
  for (const [index, letter] of letters.entries()) {
    if (reading.signal.aborted) return
    const isOld = reading.isFirst && (tooOld >= oldInRow || (await isTooOld(look, reading.client, letter)))
    if (!isOld) await takeOne(look, reading, letter)
    tooOld = isOld ? tooOld + 1 : 0
    reading.seen.add(letter.uid)
    if (index % saveEvery !== saveEvery - 1) continue
    await reading.seen.save()
    look.hub.report({
      state: 'working',
      detail: { en: `Fetching letters: ${index + 1} of ${letters.length}`, ru: `Загружаем письма: ${index + 1} из ${letters.length}` },
    })
  }
}

async function isTooOld(look: Look, client: Pop3Client, letter: Pop3Letter): Promise<boolean> {
  const chosen = look.settings.backfillFrom === undefined ? look.opened : new Date(look.settings.backfillFrom)
  const headers = await retrieveHeaders(client, letter.number)
  const arrivedAt = headers === undefined ? undefined : arrivalIn(headers)
  return arrivedAt !== undefined && arrivedAt.getTime() < Math.min(chosen.getTime(), look.opened.getTime())
}

async function takeOne(look: Look, reading: Reading, letter: Pop3Letter): Promise<void> {
  const isHuge = letter.size > maxLetterBytes
  const body = isHuge ? await retrieveHeaders(reading.client, letter.number) : await retrieve(reading.client, letter.number, maxLetterBytes * 1.1)
  if (body === undefined) return
  const arrivedAt = arrivalIn(body)
  const facts: LetterFacts = {
    method: 'POP3',
    uid: letter.uid,
    ...(arrivedAt !== undefined && { arrivedAt }),
    ...(reading.isFirst && arrivedAt !== undefined && arrivedAt < look.opened && { backfill: true }),
    ...(isHuge && { partial: 'too_large' as const }),
  }
  await look.hub.deliver(letterDelivery(facts, body), { dedupeKey: letterKey(body) })
}

/** When the letter arrived, by the topmost `Received`; by `Date` where there is none. */
function arrivalIn(raw: Buffer): Date | undefined {
  const headers = readHeaders(raw.subarray(0, findBody(raw).headerEnd))
  return receivedDate(headers) ?? readDate(headerValue(headers, 'date'))
}
