import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'
import type { Logger } from '../connector/hub.ts'
import { type CallBackWish, visitorKind } from '../connector/visitors.ts'
import { inTransaction, type Queryable, type Transaction } from '../database/pool.ts'
import { sqlState } from '../database/sql-state.ts'
import { normaliseIdentity } from '../identities/normalise-identity.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { askVendor } from './ask-vendor.ts'
import { callNews } from './call-news.ts'
import { decideCall } from './decide-call.ts'
import type { CallingDeps } from './place-call.ts'
import { insertRequest } from './request-store.ts'

/** Strangers make us ring: no number more often than this, and a channel never more than so many an hour. */
const sameNumberMinutes = 10
const mostPerHour = 30
const longestWaitMs = 15_000

export interface CallBackDeps extends CallingDeps {
  firm(): { defaultCountry: string }
  logger: Logger
}

/**
 * Rings a user who is there and then the stranger who asked for it, once per wish: only in open hours, only numbers of the firm's own country, and
 * seldom. Whatever speaks against it leaves the wish to people. Never throws.
 */
export async function callBack(deps: CallBackDeps, wish: CallBackWish): Promise<void> {
  try {
    await place(deps, wish)
  } catch (error) {
    deps.logger.warn({ error: String(error), channelId: wish.channelId }, 'a wish to be called back is left to people')
  }
}

async function place(deps: CallBackDeps, wish: CallBackWish): Promise<void> {
  const channel = deps.directory.byId(wish.channelId)
  const phone = normaliseIdentity('phone', wish.phone, deps.firm().defaultCountry)
  if (!channel?.connector.placeCall || channel.pausedAt !== null || 'never' in phone) return
  if (!isOfCountry(phone.value, deps.firm().defaultCountry)) return
  const decision = await decideCall(deps, channel, { number: phone.value })
  const [user] = decision.ring
  const contactId = decision.isOpen && user !== undefined ? await contactOf(deps.pool, wish.visitorId) : undefined
  if (contactId === undefined || user === undefined) return
  const id = idOf(wish)
  const userId = await userOf(deps.pool, user, channel.id)
  try {
    const isAsked = await inTransaction(deps.pool, async (tx) => {
      if (await isTooOften(tx, channel.id, phone.value)) return false
      await insertRequest(tx, { id, channel, contactId, userId, user, to: phone.value })
      await appendLiveEvents(tx, await callNews(tx, [id]))
      return true
    })
    if (!isAsked) return
  } catch (error) {
    if (sqlState(error) === 'unique_violation') return
    throw error
  }
  await askVendor(deps, channel, { id, user, to: phone.value })
}

/** A UUID made of the wish (version 8, as no other id here), so that it rings once. */
function idOf({ key, visitorId }: CallBackWish): string {
  const hex = createHash('sha256').update(`call back ${visitorId} ${key}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}

function isOfCountry(phone: string, country: string): boolean {
  const parsed = parsePhoneNumberFromString(phone)
  return parsed?.isValid() === true && isSupportedCountry(country) && parsed.countryCallingCode === getCountryCallingCode(country)
}

/** One wish of a channel after the other: of ten at once that name one number, one rings. What users place themselves does not count for the hour. */
async function isTooOften(tx: Transaction, channelId: string, phone: string): Promise<boolean> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`call back ${channelId}`])
  const { rows } = await tx.query<{ same: boolean; hour: number }>(
    `select coalesce(bool_or(to_value = $2 and started_at > now() - make_interval(mins => $3)), false) as same,
       count(*) filter (where substr(id::text, 15, 1) = '8')::int as hour
     from calls where channel_id = $1 and direction = 'outbound' and started_at > now() - interval '1 hour'`,
    [channelId, phone, sameNumberMinutes],
  )
  return rows[0]?.same === true || (rows[0]?.hour ?? 0) >= mostPerHour
}

/** His message is being applied at this moment: his card is there soon. */
async function contactOf(db: Queryable, visitorId: string): Promise<string | undefined> {
  for (const until = Date.now() + longestWaitMs; Date.now() < until; await sleep(100)) {
    const { rows } = await db.query<{ id: string }>(
      `select ci.contact_id as id from identities i join contact_identities ci on ci.identity_id = i.id and ci.owning and ci.until is null
       where i.kind = $1 and i.value = $2`,
      [visitorKind, visitorId],
    )
    if (rows[0]) return rows[0].id
  }
  return undefined
}

async function userOf(db: Queryable, number: string, channelId: string): Promise<string | null> {
  const { rows } = await db.query<{ userId: string }>(
    `select user_id as "userId" from user_numbers where value = $1 and (channel_id is null or channel_id = $2) order by channel_id nulls last, id limit 1`,
    [number, channelId],
  )
  return rows[0]?.userId ?? null
}
