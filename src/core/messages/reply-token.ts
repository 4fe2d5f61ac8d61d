import { timingSafeEqual } from 'node:crypto'
import type { Vault } from '../channels/vault.ts'

const purpose = 'reply-token'
const macBytes = 10
const shape = /\bc([a-z2-7]{26})\.([a-z2-7]{16})\b/i
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/**
 * `c<conversation>.<signature>`, 44 characters of base32 (RFC 4648 §6, lower case): it survives mail servers that change case, in a
 * Message-ID and in the local part of a plus-address (64 characters at most, RFC 5321 §4.5.3.1.1).
 */
export function makeReplyToken(vault: Vault, conversationId: string): string {
  const name = toBase32(Buffer.from(conversationId.replaceAll('-', ''), 'hex'))
  return `c${name}.${signature(vault, name)}`
}

/** The conversation that a token of ours names, wherever in `text` it stands; undefined when there is none or it is forged. */
export function readReplyToken(vault: Vault, text: string): string | undefined {
  const [, name, mac] = shape.exec(text) ?? []
  if (!name || !mac) return undefined
  const expected = Buffer.from(signature(vault, name.toLowerCase()))
  if (!timingSafeEqual(expected, Buffer.from(mac.toLowerCase()))) return undefined
  const hex = fromBase32(name.toLowerCase()).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

function signature(vault: Vault, name: string): string {
  return toBase32(Buffer.from(vault.mac(purpose, name), 'base64url').subarray(0, macBytes))
}

function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
