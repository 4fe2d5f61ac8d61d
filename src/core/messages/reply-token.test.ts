import { expect, it } from 'vitest'
import { createVault } from '../channels/vault.ts'
import { newId } from '../database/id.ts'
import { makeReplyToken, readReplyToken } from './reply-token.ts'

const vault = createVault(Buffer.alloc(32, 3))

it('reads its own token wherever it stands, in any case', () => {
  const id = newId()
  const token = makeReplyToken(vault, id)
  expect(token).toMatch(/^c[a-z2-7]{26}\.[a-z2-7]{16}$/)
  for (const text of [token, token.toUpperCase(), `<${token}.1@hub.example>`, `reply+${token}@hub.example`])
    expect(readReplyToken(vault, text)).toBe(id)
})

it('takes no forged, foreign or cut token', () => {
  const token = makeReplyToken(vault, newId())
  const other = makeReplyToken(createVault(Buffer.alloc(32, 4)), newId())
  const mixed = `${token.split('.')[0]}.${makeReplyToken(vault, newId()).split('.')[1]}`
  for (const text of [other, mixed, token.slice(0, -1), '', 'hello']) expect(readReplyToken(vault, text)).toBeUndefined()
})
