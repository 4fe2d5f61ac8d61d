import type { Actor } from '../access/actor.ts'
import { readFirm } from '../access/firm-store.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import type { Words } from './fact.ts'
import { type FactName, factNames, facts } from './facts.ts'
import { type PersonLine, readPeople } from './read-people.ts'
import { countFacts, type Durations, groupFacts, hasCalls, measureFacts, seeOneMoment } from './report-store.ts'
import { type AskedDays, type Days, readSpan } from './span.ts'

/** `teamId` null: what belongs to no team; absent: everything. */
export interface AskedToday extends AskedDays {
  teamId?: string | null | undefined
}

export interface Definition {
  ru: Words
  en: Words
  version: number
}

export interface Today {
  days: Days
  timeZone: string
  /** When it was read, ISO 8601 UTC. */
  readAt: string
  numbers: Record<FactName, number>
  /** Enquiries of the same weekdays before, until the same time of day. */
  before: { from: string; until: string; enquiries: number }
  /** Null for source or topic: there is none. */
  sources: { source: string | null; topic: string | null; count: number }[]
  /** Enquiries by the hour of the firm's clock at which they came. */
  hours: { hour: number; count: number }[]
  /** Minutes to the first answer: `openMedian` and `openP90` in business hours, the others by the clock. */
  firstAnswer: { all: Durations; media: Durations[] }
  people: PersonLine[]
  /** False: no telephone is connected, nothing can be missed. */
  hasCalls: boolean
  definitions: Record<FactName, Definition>
}

/** The manager's page, as of one moment: what arrives while it is read would not add up. Each number is the count of the rows that `listFactRows` gives for it. Throws `invalid_request`. */
export async function readToday({ pool }: { pool: Pool }, actor: Actor, asked: AskedToday): Promise<Today> {
  return await inTransaction(pool, async (tx) => {
    await seeOneMoment(tx)
    return await read(tx, actor, asked)
  })
}

async function read(tx: Transaction, actor: Actor, asked: AskedToday): Promise<Today> {
  const { timeZone } = await readFirm(tx)
  const { days, span, before } = await readSpan(tx, timeZone, asked)
  const ofTeam = asked.teamId === undefined ? {} : { teamId: asked.teamId }
  const numbers = await countFacts(tx, actor, factNames, span, ofTeam)
  const { enquiries: enquiriesBefore } = await countFacts(tx, actor, ['enquiries'], before, ofTeam)
  const sources = await groupFacts(tx, actor, 'enquiries', span, ['source', 'topic'], ofTeam)
  const hours = await groupFacts(tx, actor, 'enquiries', span, ['hour'], ofTeam)
  const measured = await measureFacts(tx, actor, 'answered', span, ofTeam)
  const people = await readPeople(tx, actor, span, measured.users, ofTeam)
  const calls = await hasCalls(tx)
  return {
    days,
    timeZone,
    readAt: new Date().toISOString(),
    numbers,
    before: { from: before.from.toISOString(), until: before.until.toISOString(), enquiries: enquiriesBefore },
    sources: sources.map(({ keys: [source = null, topic = null], count }) => ({ source, topic, count })),
    hours: hours.map(({ keys, count }) => ({ hour: Number(keys[0]), count })).toSorted((a, b) => a.hour - b.hour),
    firstAnswer: { all: measured.all, media: measured.media },
    people,
    hasCalls: calls,
    definitions: Object.fromEntries(factNames.map((name) => [name, definitionOf(name)])) as Record<FactName, Definition>,
  }
}

function definitionOf(name: FactName): Definition {
  const { ru, en, version } = facts[name]
  return { ru, en, version }
}
