import type { ImapFlow } from 'imapflow'
import type { Hub } from '../../../core/connector/hub.ts'
import { type LetterFacts, letterDelivery } from '../letter-delivery.ts'
import { letterKey } from '../mime/blocks.ts'
import type { Folder } from './folders.ts'
import { maxLetterBytes } from './imap-client.ts'
import { packUids } from './uid-ranges.ts'

/** What is asked of a letter before its content. */
export interface LetterMeta {
  uid: number
  size: number
  arrivedAt: Date
  /** Gmail's labels: there a letter lies in all its folders at once. */
  labels?: Set<string>
}

export interface Taking {
  client: ImapFlow
  hub: Pick<Hub, 'deliver'>
  folder: Folder
  uidValidity: string
  /** Letters that arrived earlier are old mail. */
  newFrom: Date
}

/** UID, size and arrival of letters; drafts are none. `range` is a UID set; `*` may add the last letter of the folder, so callers filter. */
export async function readMeta(client: ImapFlow, range: string): Promise<LetterMeta[]> {
  const found = await client.fetchAll(range, { uid: true, size: true, internalDate: true, flags: true, labels: true }, { uid: true })
  return found
    .filter(({ flags, labels }) => !flags?.has('\\Draft') && !labels?.has('\\Draft'))
    .map(({ uid, size, internalDate, labels }) => ({ uid, size: size ?? 0, arrivedAt: dateOf(internalDate), ...(labels && { labels }) }))
}

/**
 * Fetches letters by one command and hands each to the hub while the next ones still arrive. Resolves when all are committed; rejects when one could
 * not be stored. What has vanished meanwhile is passed over; what the server will not give is stored as its headers.
 */
export async function takeLetters(taking: Taking, letters: LetterMeta[]): Promise<void> {
  const whole = letters.filter((letter) => letter.size <= maxLetterBytes)
  const missing = new Map(whole.map((letter) => [letter.uid, letter]))
  const failures: unknown[] = []
  const deliveries: Promise<void>[] = []
  if (whole.length > 0) {
    for await (const { uid, source } of taking.client.fetch(
      packUids(whole.map((letter) => letter.uid)),
      { uid: true, source: true },
      { uid: true },
    )) {
      const letter = missing.get(uid)
      if (letter === undefined || source === undefined) continue
      missing.delete(uid)
      deliveries.push(hand(taking, letter, source).catch((error: unknown) => void failures.push(error)))
    }
  }
  await Promise.all(deliveries)
  if (failures.length > 0) throw failures[0]
  for (const letter of missing.values()) await takeStubborn(taking, letter, 'unreadable')
  for (const letter of letters) if (letter.size > maxLetterBytes) await takeStubborn(taking, letter, 'too_large')
}

async function takeStubborn(taking: Taking, letter: LetterMeta, partial: NonNullable<LetterFacts['partial']>): Promise<void> {
  if (partial === 'unreadable') {
    const again = await taking.client.fetchOne(String(letter.uid), { uid: true, source: true }, { uid: true })
    if (again && again.source !== undefined) return hand(taking, letter, again.source)
  }
  const found = await taking.client.fetchOne(String(letter.uid), { uid: true, headers: true }, { uid: true })
  if (!found || found.headers === undefined) return
  await hand(taking, letter, found.headers, partial)
}

async function hand(taking: Taking, letter: LetterMeta, source: Buffer, partial?: LetterFacts['partial']): Promise<void> {
  const { folder, uidValidity, newFrom, hub } = taking
  const facts: LetterFacts = {
    method: 'IMAP',
    folder: folder.path,
    folderUse: folderUseOf(folder, letter),
    uid: String(letter.uid),
    uidValidity,
    arrivedAt: letter.arrivedAt,
    ...(letter.arrivedAt < newFrom && { backfill: true }),
    ...(partial !== undefined && { partial }),
  }
  await hub.deliver(letterDelivery(facts, source), { dedupeKey: letterKey(source) })
}

/** In Gmail's "All mail" only the label tells what was sent. */
function folderUseOf(folder: Folder, letter: LetterMeta): string | undefined {
  return folder.use === '\\All' && letter.labels?.has('\\Sent') ? '\\Sent' : folder.use
}

function dateOf(value: Date | string | undefined): Date {
  const date = new Date(value ?? Number.NaN)
  return Number.isNaN(date.getTime()) ? new Date(0) : date
}
