import type { ReceivedDelivery } from '../../../core/connector/delivery.ts'
import { foldAddress, splitPlus } from '../mime/addresses.ts'
import { headerValue } from '../mime/blocks.ts'
import type { Letter } from '../mime/read-letter.ts'
import type { EmailSettings } from '../settings.ts'

/** True for the address of the channel, its aliases, and either with a plus tag. */
export function isOwnAddress(address: string, settings: Pick<EmailSettings, 'address' | 'aliases'>): boolean {
  const folded = foldAddress(address)
  const own = [settings.address, ...settings.aliases].map(foldAddress)
  return own.includes(folded) || own.includes(splitPlus(folded).base)
}

/** Which of our addresses the letter was written to; the channel's own when it does not say. */
export function ourAddressIn(letter: Letter, delivery: ReceivedDelivery, settings: EmailSettings): string {
  const named = ['delivered-to', 'x-original-to', 'x-forwarded-to'].map((name) => headerValue(letter.headers, name) ?? '')
  const candidates = [
    ...(delivery.headers['envelope-to'] ?? '').split(', '),
    ...letter.to.map((mailbox) => mailbox.address),
    ...letter.cc.map((mailbox) => mailbox.address),
    ...named,
  ]
  const own = candidates.find((address) => address.includes('@') && isOwnAddress(address, settings))
  return own === undefined ? settings.address.toLowerCase() : splitPlus(own.toLowerCase()).base
}
