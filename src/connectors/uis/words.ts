import type { CallOutcome } from '../../core/connector/event.ts'

export const kinds = ['incoming', 'outgoing', 'ringing', 'answered', 'talk_ended', 'lost', 'finished', 'recorded'] as const
export type Kind = (typeof kinds)[number]

/** Parts of mnemonics, of which the vendor's pages have no whole list: the first that fits, so "lost" stands before "call". */
const parts: [RegExp, Kind][] = [
  [/record/, 'recorded'],
  [/lost|missed/, 'lost'],
  [/wait/, 'ringing'],
  [/talk.*(end|finish)/, 'talk_ended'],
  [/talk|answer|connected/, 'answered'],
  [/(^|_)(finish|end|complet|hangup)/, 'finished'],
  [/^out|outgoing|outbound/, 'outgoing'],
  [/^in_|incoming|inbound|call_session/, 'incoming'],
]

const ofOtherMedia = /chat|message|offline|sms|goal|visitor/

/** What a notification tells of: by the word of our template, else by its mnemonic. */
export function kindOf(event: string | undefined, mnemonic: string | undefined): Kind | undefined {
  const own = kinds.find((kind) => kind === event)
  if (own) return own
  const word = (mnemonic ?? event ?? '').toLowerCase()
  if (ofOtherMedia.test(word)) return undefined
  return parts.find(([pattern]) => pattern.test(word))?.[1]
}

/** Words of `finish_reason` (Data API 2.0) that are no one's "not answered". */
export function outcomeOfReason(reason: string | undefined): CallOutcome {
  if (/busy/.test(reason ?? '')) return 'busy'
  return /not_exists|inactive|not_configured|not_enough_money|internal_error|incorrect|denied|black_list/.test(reason ?? '') ? 'failed' : 'missed'
}
