import { clientFacts } from './client-facts.ts'
import { enquiryFacts } from './enquiry-facts.ts'
import type { Fact } from './fact.ts'
import { peopleFacts } from './people-facts.ts'

const all = { ...enquiryFacts, ...clientFacts, ...peopleFacts }
export type FactName = keyof typeof all

/** Every number that the reports know. */
export const facts: Record<FactName, Fact> = all

/** Those that are told by person. */
export const personalFacts = ['answers', 'answered', 'taken', 'closed', 'notes', 'logged'] as const satisfies readonly FactName[]

export const factNames = Object.keys(all).filter((name): name is FactName => Object.hasOwn(all, name))
