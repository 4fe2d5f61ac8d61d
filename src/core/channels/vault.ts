import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

const version = 'v1'
const nonceBytes = 12
const tagBytes = 16

/** Seals what must not be readable at rest, and signs what goes out and must come back unchanged. */
export interface Vault {
  seal(plain: string): string
  /** Throws `VaultError` when the text was sealed with another key or changed since. */
  open(sealed: string): string
  /** HMAC-SHA256, base64url, with a key of its own for each purpose. */
  mac(purpose: string, text: string): string
}

export class VaultError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'VaultError'
  }
}

/**
 * AES-256-GCM (NIST SP 800-38D: 96-bit random nonce, 128-bit tag) under a key derived from `secretKey` by HKDF-SHA256 (RFC 5869).
 * `secretKey` holds at least 16 bytes.
 */
export function createVault(secretKey: Uint8Array): Vault {
  if (secretKey.length < 16) throw new VaultError('The secret key is shorter than 16 bytes.')
  const keyFor = (purpose: string) => Buffer.from(hkdfSync('sha256', secretKey, 'switchboard', purpose, 32))
  const sealingKey = keyFor('seal')
  const macKeys = new Map<string, Buffer>()
  return {
    seal: (plain) => seal(sealingKey, plain),
    open: (sealed) => open(sealingKey, sealed),
    mac(purpose, text) {
      const key = macKeys.get(purpose) ?? keyFor(`mac:${purpose}`)
      macKeys.set(purpose, key)
      return createHmac('sha256', key).update(text).digest('base64url')
    },
  }
}

function seal(key: Buffer, plain: string): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return `${version}.${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')}`
}

function open(key: Buffer, sealed: string): string {
  const [prefix, encoded] = sealed.split('.')
  const bytes = Buffer.from(encoded ?? '', 'base64url')
  if (prefix !== version || bytes.length < nonceBytes + tagBytes) throw new VaultError('This is not a sealed value.')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes))
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString('utf8')
  } catch {
    throw new VaultError('This value was sealed with another secret key.')
  }
}
