import { describe, expect, it, test } from 'vitest'
import { createVault } from '../channels/vault.ts'
import { isPublicLinkValid, publicLink, publicLinkLifeMs, whyNoLinks } from './public-link.ts'

const vault = createVault(Buffer.alloc(32, 7))
const id = '0199aaaa-0000-7000-8000-000000000001'

function partsOf(url: string) {
  const [, , linkedId = '', until = '', signature = '', name = ''] = new URL(url).pathname.split('/')
  return { id: linkedId, until: Number(until), signature, name }
}

test.each([
  ['https://hub.example.com', true],
  ['https://8.8.8.8', true],
  ['http://hub.example.com', false],
  ['https://localhost:3000', false],
  ['https://hub', false],
  ['https://hub.local', false],
  ['https://192.168.1.5', false],
  ['https://[::1]', false],
])('whether vendors can fetch from %s: %s', (address, can) => {
  expect(whyNoLinks(address) === undefined).toBe(can)
})

describe('a link', () => {
  const link = (name: string, now = 1_000) => publicLink({ vault, publicUrl: 'https://hub.example.com' }, { id, name }, now)

  it('gives its file for a day and not longer, and no other file', () => {
    const { signature, ...file } = partsOf(link('счёт № 5.PDF'))
    expect(isPublicLinkValid(vault, file, signature, 1_001)).toBe(true)
    expect(isPublicLinkValid(vault, file, signature, 1_000 + publicLinkLifeMs)).toBe(false)
    expect(isPublicLinkValid(vault, { ...file, until: file.until + 1 }, signature, 1_001)).toBe(false)
    expect(isPublicLinkValid(vault, { ...file, id: id.replace(/1$/, '2') }, signature, 1_001)).toBe(false)
    expect(isPublicLinkValid(vault, file, signature.slice(1), 1_001)).toBe(false)
    expect(isPublicLinkValid(createVault(Buffer.alloc(32, 8)), file, signature, 1_001)).toBe(false)
  })

  it('keeps nothing of a name but its ending', () => {
    expect(['счёт № 5.PDF', '../../etc/passwd', 'a.php%00.jpg', 'x."\r\nset-cookie: a', 'noend'].map((name) => partsOf(link(name)).name)).toEqual([
      'file.pdf',
      'file',
      'file.jpg',
      'file',
      'file',
    ])
  })

  it('is not made where nobody could follow it', () => {
    expect(() => publicLink({ vault, publicUrl: 'http://127.0.0.1:3000' }, { id, name: 'a' }, 0)).toThrow(/PUBLIC_URL/)
  })
})
