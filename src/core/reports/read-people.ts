import type { Actor } from '../access/actor.ts'
import { readFirm } from '../access/firm-store.ts'
import type { Pool, Queryable } from '../database/pool.ts'
import { personalFacts } from './facts.ts'
import { type Durations, type FactFilter, type Group, groupFacts, measureFacts, selectPeople } from './report-store.ts'
import { type AskedDays, type Days, readSpan, type Span } from './span.ts'

type PersonalFact = (typeof personalFacts)[number]

/** What one person did. */
export interface PersonLine {
  /** Null: outside the console. */
  userId: string | null
  name: string
  counts: Record<PersonalFact, number>
  firstAnswer: Durations
}

const nothingMeasured = { n: 0, median: null, p90: null, openMedian: null, openP90: null }

/** By the alphabet, no contest; what nobody of the console did comes last. `answers`: how long each took to answer first. Narrowed to a user: his line alone. */
export async function readPeople(
  db: Queryable,
  actor: Actor,
  span: Span,
  answers: Durations[],
  filter: Pick<FactFilter, 'teamId'> & { userId?: string },
): Promise<PersonLine[]> {
  const only = filter.userId
  const groups: Group[][] = []
  for (const name of personalFacts) {
    const isMeasured = name === 'answered'
    groups.push(isMeasured ? answers.map(({ key, n }) => ({ keys: [key], count: n })) : await groupFacts(db, actor, name, span, ['user'], filter))
  }
  const ids = new Set(groups.flatMap((group) => group.flatMap(({ keys }) => keys[0] ?? [])))
  const hasNobody = groups.some((group) => group.some(({ keys }) => keys[0] === null))
  const people = (await selectPeople(db, only === undefined ? [...ids] : [only])).filter(({ id }) => only === undefined || id === only)
  const unknown = [...ids].filter((id) => !people.some((one) => one.id === id)).map((id) => ({ id, name: '' }))
  return [...people, ...unknown, ...(hasNobody ? [{ id: null, name: '' }] : [])].map(({ id, name }) => ({
    userId: id,
    name,
    counts: countsOf(id, groups),
    firstAnswer: answers.find(({ key }) => key === id) ?? { key: id, ...nothingMeasured },
  }))
}

/** What the caller did himself, of a span of days. Throws `invalid_request`. */
export async function readOwnLine({ pool }: { pool: Pool }, actor: Actor, asked: AskedDays): Promise<{ days: Days; line: PersonLine }> {
  const { days, span } = await readSpan(pool, (await readFirm(pool)).timeZone, asked)
  const filter = { userId: actor.id }
  const { users } = await measureFacts(pool, actor, 'answered', span, filter)
  const [line] = await readPeople(pool, actor, span, users, filter)
  const counts = Object.fromEntries(personalFacts.map((name) => [name, 0])) as Record<PersonalFact, number>
  return { days, line: line ?? { userId: actor.id, name: actor.name, counts, firstAnswer: { key: actor.id, ...nothingMeasured } } }
}

function countsOf(id: string | null, groups: { keys: (string | null)[]; count: number }[][]): Record<PersonalFact, number> {
  const counts = personalFacts.map((name, index) => [name, groups[index]?.find(({ keys }) => keys[0] === id)?.count ?? 0])
  return Object.fromEntries(counts) as Record<PersonalFact, number>
}
