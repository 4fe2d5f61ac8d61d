import { describe, expect, it } from 'vitest'
import { createVault, VaultError } from './vault.ts'

const vault = createVault(Buffer.alloc(32, 7))

describe('vault', () => {
  it('opens what it sealed, and seals the same text differently each time', () => {
    const sealed = vault.seal('пароль')
    expect(vault.open(sealed)).toBe('пароль')
    expect(sealed).not.toContain('пароль')
    expect(vault.seal('пароль')).not.toBe(sealed)
    expect(vault.open(vault.seal(''))).toBe('')
  })

  it('refuses another key, a changed value and a plain text', () => {
    const sealed = vault.seal('secret')
    expect(() => createVault(Buffer.alloc(32, 8)).open(sealed)).toThrow(VaultError)
    expect(() => vault.open(`${sealed.slice(0, -4)}AAAA`)).toThrow(VaultError)
    expect(() => vault.open('secret')).toThrow(VaultError)
  })

  it('signs with another key for each purpose', () => {
    expect(vault.mac('a', 'text')).toBe(createVault(Buffer.alloc(32, 7)).mac('a', 'text'))
    expect(vault.mac('a', 'text')).not.toBe(vault.mac('b', 'text'))
  })
})
