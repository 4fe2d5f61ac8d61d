import { describe, expect, it } from 'vitest'
import { readHeaders } from '../mime/blocks.ts'
import { emailSettings } from '../settings.ts'
import { judgeAuthenticity } from './authenticity.ts'

const settings = emailSettings.parse({ address: 'sales@gmail.com' })
const judge = (results: string, from: string) =>
  judgeAuthenticity(readHeaders(Buffer.from(`Authentication-Results: mx.google.com; ${results}\r\n`)), from, settings)

describe('the word of the receiving server', () => {
  it('counts for the same organisation, subdomains included', () => {
    expect(judge('dkim=pass header.d=mail.firm.co.uk', 'ivan@firm.co.uk')).toBe('attested')
    expect(judge('dkim=pass header.i=@firm.ru', 'ivan@dept.firm.ru')).toBe('attested')
  })

  it('does not count for a neighbour under the same public suffix', () => {
    for (const suffix of ['co.uk', 'github.io', 'msk.ru', 'com.br'])
      expect(judge(`dkim=pass header.d=evil.${suffix}; dmarc=pass header.from=evil.${suffix}`, `boss@good.${suffix}`), suffix).toBe('none')
  })
})
