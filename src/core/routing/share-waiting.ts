import { announceConversations } from '../conversations/announce-conversations.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import { type Candidate, chooseUser } from './choose-user.ts'
import { giveConversations, type HandReason, recordHands, ringFor } from './hand-conversation.ts'
import {
  candidatesOf,
  clearPending,
  dropSettled,
  type HeldConversation,
  lockHeldByAbsent,
  lockPending,
  lockSharing,
  lockUnread,
  noteGiven,
  type PendingGroup,
  restartUnread,
  selectPendingGroups,
  selectPresent,
} from './routing-store.ts'
import { sharingOf } from './rule.ts'
import { readRuleOf } from './rule-store.ts'

interface Deps {
  pool: Pool
}

const batch = 100

type Present = Awaited<ReturnType<typeof selectPresent>>

/**
 * Finds somebody for everyone who waits with nobody, as the rules say; who finds nobody there waits on. Gives how many found somebody.
 * Only what came live is shared: a replay marks nothing. Any number of processes may call it.
 */
export async function shareWaiting({ pool }: Deps): Promise<number> {
  return await inTransaction(pool, async (tx) => {
    if (!(await lockSharing(tx))) return 0
    await dropSettled(tx)
    const groups = await selectPendingGroups(tx)
    if (groups.length === 0) return 0
    const present = await selectPresent(tx)
    let shared = 0
    for (const group of groups) shared += await shareGroup(tx, group, present)
    return shared
  })
}

async function shareGroup(tx: Transaction, group: PendingGroup, present: Present): Promise<number> {
  const rule = await readRuleOf(tx, group.channelId, group.teamId)
  const { sharing, ownerFirst } = sharingOf(rule)
  if (sharing !== 'nobody' && present.length === 0) return 0
  const here = new Set(present.map(({ userId }) => userId))
  const gifts: { id: string; userId: string }[] = []
  const offered: string[] = []
  const left: string[] = []
  for (const pending of await lockPending(tx, group, batch)) {
    const choice = chooseUser({ sharing, ownerFirst, ownerId: pending.ownerId }, candidatesOf(present, group.teamId), here)
    if (choice.to === 'user') gifts.push({ id: pending.id, userId: take(present, choice.userId) })
    if (choice.to === 'everyone') offered.push(pending.id)
    if (choice.to === 'nobody') left.push(pending.id)
  }
  await clearPending(tx, [...offered, ...left])
  await give(tx, gifts, 'rule')
  await ringFor(
    tx,
    offered,
    candidatesOf(present, group.teamId).map(({ userId }) => userId),
    { isGiven: false },
  )
  return gifts.length + offered.length
}

/** The next one sees what this one got. */
function take(present: Candidate[], userId: string): string {
  const candidate = present.find((one) => one.userId === userId)
  if (candidate) {
    candidate.load++
    candidate.lastGivenAt = Math.max(Date.now(), ...present.map((one) => one.lastGivenAt)) + 1
  }
  return userId
}

async function give(tx: Transaction, gifts: { id: string; userId: string; fromUserId?: string }[], reason: HandReason): Promise<void> {
  if (gifts.length === 0) return
  await giveConversations(tx, gifts, true)
  await noteGiven(tx, [...new Set(gifts.map(({ userId }) => userId))])
  await recordHands(
    tx,
    gifts.map((gift) => ({ conversationId: gift.id, fromUserId: gift.fromUserId ?? null, toUserId: gift.userId, reason, authorId: null })),
  )
  await announceConversations(
    tx,
    gifts.map(({ id }) => id),
  )
  for (const { id, userId } of gifts) await ringFor(tx, [id], [userId], { isGiven: true })
}

/** Nothing stays with who is away: it goes back to his team, to be shared anew. Gives how many. */
export async function returnFromAbsent({ pool }: Deps): Promise<number> {
  return await inTransaction(pool, async (tx) => {
    const held = await lockHeldByAbsent(tx, batch)
    if (held.length === 0) return 0
    await giveConversations(
      tx,
      held.map(({ id }) => ({ id, userId: null })),
      true,
    )
    await recordHands(tx, held.map(handBack))
    await announceConversations(
      tx,
      held.map(({ id }) => id),
    )
    return held.length
  })
}

function handBack({ id, assigneeId }: HeldConversation) {
  return { conversationId: id, fromUserId: assigneeId, toUserId: null, reason: 'absent' as const, authorId: null }
}

/** What a rule gave to somebody who does not look goes to the next one who is there; with nobody else it stays. Gives how many went on. */
export async function passOnUnread({ pool }: Deps): Promise<number> {
  return await inTransaction(pool, async (tx) => {
    if (!(await lockSharing(tx))) return 0
    const unread = await lockUnread(tx, batch)
    if (unread.length === 0) return 0
    const present = await selectPresent(tx)
    const gifts: { id: string; userId: string; fromUserId: string }[] = []
    const kept: string[] = []
    for (const held of unread) {
      const { sharing } = sharingOf(await readRuleOf(tx, held.channelId, held.teamId))
      const others = candidatesOf(present, held.teamId).filter(({ userId }) => userId !== held.assigneeId)
      const choice = chooseUser({ sharing, ownerFirst: false, ownerId: null }, others, new Set())
      if (choice.to === 'user') gifts.push({ id: held.id, userId: take(present, choice.userId), fromUserId: held.assigneeId })
      else kept.push(held.id)
    }
    await restartUnread(tx, kept)
    await give(tx, gifts, 'unread')
    return gifts.length
  })
}
