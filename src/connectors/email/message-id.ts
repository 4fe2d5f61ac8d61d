import { createHash } from 'node:crypto'
import { domainOf } from './mime/addresses.ts'

const randomLength = 20
const ownId = new RegExp(`^<(?:(.+)\\.)?([0-9a-f]{${randomLength}})@[^<>@\\s]+>$`)

/** Message-ID of a letter of ours. The same message has the same id at every attempt, and carries the reply token through clients that keep ids. */
export function makeMessageId(message: { id: string; replyToken: string }, address: string): string {
  const random = createHash('sha256').update(`switchboard:${message.id}`).digest('hex').slice(0, randomLength)
  const token = /^[A-Za-z0-9._~=-]{1,150}$/.test(message.replyToken) ? `${message.replyToken}.` : ''
  return `<${token}${random}@${domainOf(address) || 'localhost'}>`
}

/** The reply token in an id that looks like one of ours; core checks whether it really is. */
export function tokenIn(messageId: string): string | undefined {
  return ownId.exec(messageId)?.[1]
}

/** Ids in a header, in order: real headers hold comments, tabs and rubbish between them. */
export function idsIn(header: string | undefined): string[] {
  return header?.match(/<[^<>\s]+>/g) ?? []
}
