import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { RawDelivery, Verdict } from '../../core/connector/delivery.ts'
import type { Channel } from '../../core/connector/hub.ts'
import { isSameSecret } from '../../core/connector/same-secret.ts'
import type { Settings } from './settings.ts'

type Fields = ReadonlyMap<string, string>

/** Fields of a message of SMSC to its client's handler. */
export function readFields(request: Pick<RawDelivery, 'body'>): Fields {
  return new Map(new URLSearchParams(Buffer.from(request.body).toString('utf8')))
}

/** Without a secret word the address is the proof. Of what the checksum is made the vendor's pages do not say alike: the settings do. */
export function verify(request: RawDelivery, { settings }: Channel<Settings>): Verdict {
  if (request.method !== 'POST') return { is: 'refused', reason: 'SMSC sends to its handler by POST' }
  if (settings.secretWord === undefined) return { is: 'ok' }
  const fields = readFields(request)
  const shown = fields.get(settings.checksum) ?? (settings.checksum === 'crc32' ? fields.get('crc') : undefined)
  if (!shown) return { is: 'refused', reason: `The field ${settings.checksum} is missing` }
  return checksumsOf(fields, settings, settings.secretWord).some((right) => isSameSecret(shown.toLowerCase(), right))
    ? { is: 'ok' }
    : { is: 'refused', reason: `${settings.checksum} does not fit the secret word of this channel` }
}

/** CRC-32 is written in decimal or in hex. */
function checksumsOf(fields: Fields, settings: Settings, secret: string): string[] {
  const template = fields.has('mes') ? settings.messageChecksum : settings.statusChecksum
  const text = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'secret' ? secret : (fields.get(name) ?? '')))
  if (settings.checksum !== 'crc32') return [createHash(settings.checksum).update(text).digest('hex')]
  const sum = crc32(text)
  return [String(sum), sum.toString(16), sum.toString(16).padStart(8, '0')]
}
