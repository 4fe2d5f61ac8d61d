import { actorId } from '../access/actor.ts'
import type { Caller } from '../access/audit.ts'
import type { Pool, Transaction } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import type { EntryView } from '../timeline/entry.ts'
import { readEntry } from '../timeline/read-entry.ts'
import { announceTouch } from './announce-touch.ts'
import { requireSound } from './log-touch.ts'
import type { Touch } from './touch.ts'
import {
  bringWaitingBack,
  endEarlierWaiting,
  keepVersion,
  lockTouch,
  markUndone,
  type StoredTouch,
  selectVersions,
  writeTouch,
} from './touch-store.ts'

interface Deps {
  pool: Pool
}

type TouchPatch = { [Field in keyof Touch]?: Touch[Field] | undefined }

/** Absent fields stay; the former ones are kept as a version. What it ends of the waiting is told anew. Throws `not_found`, `invalid_request`. */
export async function changeTouch({ pool }: Deps, id: string, patch: TouchPatch, { actor }: Caller): Promise<EntryView> {
  return await inRetriedTransaction(pool, async (tx) => {
    const before = await lockTouch(tx, actor, id)
    const touch = changed(before, patch)
    await requireSound(tx, touch, before)
    await keepVersion(tx, before, 'edit', actorId(actor))
    const back = await bringWaitingBack(tx, before.extra.ended, id)
    const ended = touch.answered ? await endEarlierWaiting(tx, before.contactId, touch.at) : []
    const extra = { ...before.extra, answered: touch.answered, disposition: touch.disposition, ended }
    await writeTouch(tx, { ...touch, id, contactId: before.contactId, authorId: before.authorId, extra })
    return await announceTouch(tx, id, 'entry.changed', [...back, ...ended.map((one) => one.id)])
  })
}

/** It was not so: it counts no more, and whoever waited before waits again, unless he was answered since. Throws `not_found`. */
export async function undoTouch({ pool }: Deps, id: string, { actor }: Caller): Promise<EntryView> {
  return await inRetriedTransaction(pool, async (tx: Transaction) => {
    const before = await lockTouch(tx, actor, id)
    await keepVersion(tx, before, 'undo', actorId(actor))
    await markUndone(tx, id)
    return await announceTouch(tx, id, 'entry.changed', await bringWaitingBack(tx, before.extra.ended, id))
  })
}

/** What it was before, newest first. Throws `not_found`. */
export async function listTouchVersions({ pool }: Deps, id: string, { actor }: Caller) {
  await readEntry({ pool }, actor, id)
  return (await selectVersions(pool, id)).map((version) => ({ ...version, at: version.at.toISOString() }))
}

function changed(before: StoredTouch, patch: TouchPatch): Touch {
  const direction = patch.direction ?? before.direction
  const follows = patch.direction !== undefined && patch.direction !== before.direction
  return {
    direction,
    medium: patch.medium ?? before.medium,
    at: patch.at ?? before.at,
    note: patch.note ?? before.note,
    disposition: patch.disposition === undefined ? before.disposition : patch.disposition,
    answered: patch.answered ?? (follows ? direction === 'outbound' : before.answered),
    topic: patch.topic ?? before.topic,
    source: patch.source ?? before.source,
  }
}
