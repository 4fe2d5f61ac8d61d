export const sharings = ['nobody', 'least_loaded', 'round_robin', 'in_order', 'everyone'] as const
/**
 * Who gets a client that begins to wait: `nobody` (whoever takes him), the one with the fewest waiting, each in turn, the first of the list
 * who is there, or `everyone` is told and the first to take him has him.
 */
export type Sharing = (typeof sharings)[number]

/** From and to as wall clock, `09:00` and `18:00`; `24:00` ends a day, an earlier end is on the next day. */
export type OpenSpan = [from: string, to: string]

export interface Holiday {
  /** `2027-01-01` */
  date: string
  name: string
  /** Open all the same, and when; empty: closed. */
  open: OpenSpan[]
}

export interface BusinessHours {
  /** IANA name: whose wall clock this is. */
  timeZone: string
  /** Monday first. */
  week: OpenSpan[][]
  holidays: Holiday[]
}

/** How work is shared out and until when a client is to be answered. Absent: as the wider scope says; the firm is the widest. */
export interface RoutingRule {
  /** Absent everywhere: always open. */
  hours?: BusinessHours | undefined
  /** Open minutes until an answer is late. */
  targetMinutes?: number | undefined
  sharing?: Sharing | undefined
  /** The owner of the card goes before everybody, while he is there. */
  ownerFirst?: boolean | undefined
  /** Open minutes that an absent user keeps whoever waits for him. */
  absentMinutes?: number | undefined
  /** Open minutes in which a user looks at what a rule gave him, before the next one gets it; 0: for ever. */
  unreadMinutes?: number | undefined
}

export const ruleDefaults = { targetMinutes: 60, sharing: 'nobody', ownerFirst: true, absentMinutes: 10, unreadMinutes: 10 } as const

/** How a rule shares, with what holds where it says nothing. */
export function sharingOf(rule: RoutingRule): { sharing: Sharing; ownerFirst: boolean } {
  return { sharing: rule.sharing ?? ruleDefaults.sharing, ownerFirst: rule.ownerFirst ?? ruleDefaults.ownerFirst }
}

export const ruleScopes = ['firm', 'team', 'channel'] as const
export type RuleScope = (typeof ruleScopes)[number]

export interface ScopedRule {
  scope: RuleScope
  /** Null for the firm. */
  subjectId: string | null
  rule: RoutingRule
}
