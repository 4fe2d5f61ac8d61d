import type { Mailbox } from 'postal-mime'
import type { Evidence, Party } from '../../../core/connector/identity.ts'
import { foldAddress } from '../mime/addresses.ts'
import type { Letter } from '../mime/read-letter.ts'
import type { Authenticity } from './authenticity.ts'
import { findSuspicion } from './suspicion.ts'

/**
 * The author: From, or Sender where From is empty. `claimed`, unless whoever received the letter attests the domain; Reply-To says nothing of identity.
 */
export function authorOf(letter: Letter, evidence: Authenticity | undefined): Party {
  const author = letter.from[0] ?? letter.sender
  if (author === undefined) return { identities: [] }
  const isAttested = evidence === 'attested' && findSuspicion(letter) !== 'several_from'
  return partyOf(author, isAttested ? 'attested' : 'claimed')
}

/** Everybody in To and Cc, each once. */
export function othersOf(letter: Letter): Party[] {
  const seen = new Set<string>()
  const mailboxes = [...letter.to, ...letter.cc].filter((mailbox) => {
    const folded = foldAddress(mailbox.address)
    if (seen.has(folded)) return false
    seen.add(folded)
    return true
  })
  return mailboxes.slice(0, 200).map((mailbox) => partyOf(mailbox, 'claimed'))
}

function partyOf(mailbox: Mailbox, evidence: Exclude<Evidence, 'manual'>): Party {
  const name = mailbox.name.trim().replace(/^'(.*)'$/, '$1')
  const isName = name !== '' && name.toLowerCase() !== mailbox.address.toLowerCase()
  return { ...(isName && { name }), identities: [{ kind: 'email', value: mailbox.address, evidence }] }
}
