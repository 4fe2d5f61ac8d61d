import type { ConversationHint } from '../../../core/connector/event.ts'
import { idsIn, tokenIn } from '../message-id.ts'
import { splitPlus } from '../mime/addresses.ts'
import { headerValue } from '../mime/blocks.ts'
import type { Letter } from '../mime/read-letter.ts'

const maxReferences = 60

/**
 * What a letter says of its thread: In-Reply-To, then References from last to first, and our own tokens in those ids and in plus-addresses.
 * Subjects never count.
 */
export function hintOf(letter: Letter, envelope: { recipients: string[]; originalId?: string }): ConversationHint {
  const references = idsIn(headerValue(letter.headers, 'references')).reverse()
  const answered = idsIn(headerValue(letter.headers, 'in-reply-to'))
  const original = envelope.originalId === undefined ? [] : [envelope.originalId]
  const ids = unique([...original, ...answered, ...references]).slice(0, maxReferences)
  const addressed = [...letter.to, ...letter.cc].map((mailbox) => mailbox.address)
  const tags = [...envelope.recipients, ...addressed].map((address) => splitPlus(address).tag)
  const tokens = unique([...ids.map(tokenIn), ...tags].filter((token) => token !== undefined && token !== '')) as string[]
  return { by: 'references', references: ids, tokens }
}

function unique<Value>(values: Value[]): Value[] {
  return [...new Set(values)]
}
