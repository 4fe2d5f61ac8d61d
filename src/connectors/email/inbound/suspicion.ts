import { domainOf } from '../mime/addresses.ts'
import type { Letter } from '../mime/read-letter.ts'

/** What should make a reader careful about who wrote: words for `extra.warning`, or undefined. */
export function findSuspicion(letter: Letter): string | undefined {
  const from = letter.from[0]
  if (letter.headers.filter((header) => header.name === 'from').length > 1 || letter.from.length > 1) return 'several_from'
  if (from === undefined) return undefined
  const name = from.name.slice(0, 300)
  const inName = /[^\s<>()"',;]+@[^\s<>()"',;]+\.[^\s<>()"',;]+/.exec(name)?.[0]
  if (inName !== undefined && inName.toLowerCase() !== from.address.toLowerCase()) return 'address_in_name'
  if (/[a-z][а-яё]|[а-яё][a-z]/i.test(name)) return 'mixed_alphabets'
  const reply = letter.replyTo[0]
  if (reply !== undefined && domainOf(reply.address) !== domainOf(from.address)) return 'reply_elsewhere'
  return undefined
}
