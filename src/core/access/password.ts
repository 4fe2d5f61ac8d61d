import { randomInt } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import { CoreError } from '../errors.ts'

export const minPasswordLength = 10

/** Throws `weak_password`. The hash is what sign-in compares with (scrypt). */
export async function hashedPassword(password: string): Promise<string> {
  if (password.length < minPasswordLength) throw new CoreError('weak_password')
  return await hashPassword(password)
}

const letters = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** 16 letters without look-alikes: 92 bits. */
export function temporaryPassword(): string {
  return Array.from({ length: 16 }, () => letters[randomInt(letters.length)]).join('')
}
