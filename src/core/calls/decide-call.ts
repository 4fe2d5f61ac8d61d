import type { CallDecision, CallQuestion } from '../connector/calling.ts'
import type { Queryable } from '../database/pool.ts'
import { normaliseIdentity } from '../identities/normalise-identity.ts'
import { chooseUser } from '../routing/choose-user.ts'
import { candidatesOf, selectPresent } from '../routing/routing-store.ts'
import { sharingOf } from '../routing/rule.ts'
import { openFrom, readRuleOf } from '../routing/rule-store.ts'

export interface DecideDeps {
  pool: Queryable
  firm(): { defaultCountry: string }
}

/** Who calls, whether we are open, and whom to ring: some reads, no writes, for the caller waits. */
export async function decideCall(
  { pool, firm }: DecideDeps,
  channel: { id: string; teamId: string | null },
  question: CallQuestion,
  now = new Date(),
): Promise<CallDecision> {
  const [card, rule, present, numbers] = await Promise.all([
    cardOf(pool, question.number, firm().defaultCountry),
    readRuleOf(pool, channel.id, channel.teamId),
    selectPresent(pool),
    numbersOn(pool, channel.id),
  ])
  const opens = await openFrom(pool, rule.hours, now)
  const isOpen = opens !== null && opens <= now
  const { sharing, ownerFirst } = sharingOf(rule)
  const team = candidatesOf(present, channel.teamId)
  const there = new Set(present.map((user) => user.userId))
  const wish = { sharing: sharing === 'nobody' ? 'everyone' : sharing, ownerFirst, ownerId: card?.ownerId ?? null } as const
  const ring: string[] = []
  const left = [...team]
  while (left.length > 0 || ring.length === 0) {
    const choice = chooseUser(ring.length === 0 ? wish : { ...wish, ownerId: null }, left, there)
    if (choice.to !== 'user') break
    left.splice(0, left.length, ...left.filter((user) => user.userId !== choice.userId))
    ring.push(choice.userId)
  }
  const everybody = [...new Set([...ring, ...left.map((user) => user.userId)])]
  const ownerNumber = card?.ownerId ? numbers.get(card.ownerId) : undefined
  return {
    kind: 'call',
    ...(card?.name && { contactName: card.name }),
    ...(ownerNumber !== undefined && { ownerNumber }),
    ring: everybody.flatMap((userId) => numbers.get(userId) ?? []),
    isForAll: wish.sharing === 'everyone' && ring.length === 0,
    isOpen,
    ...(opens !== null && !isOpen && { opensAt: opens.toISOString() }),
  }
}

async function cardOf(db: Queryable, number: string | undefined, country: string): Promise<{ name: string; ownerId: string | null } | undefined> {
  const normalised = normaliseIdentity('phone', number ?? '', country)
  if ('never' in normalised) return undefined
  const { rows } = await db.query<{ name: string; ownerId: string | null }>(
    `select card.name, coalesce(card.owner_id, c.owner_id) as "ownerId" from identities i
     join contact_identities ci on ci.identity_id = i.id and ci.owning and ci.until is null
     join contacts c on c.id = ci.contact_id join contacts card on card.id = c.card_id where i.kind = 'phone' and i.value = $1`,
    [normalised.value],
  )
  return rows[0]
}

async function numbersOn(db: Queryable, channelId: string): Promise<Map<string, string>> {
  const { rows } = await db.query<{ user_id: string; value: string }>(
    `select distinct on (user_id) user_id, value from user_numbers where channel_id is null or channel_id = $1 order by user_id, channel_id nulls last, id`,
    [channelId],
  )
  return new Map(rows.map((row) => [row.user_id, row.value]))
}
