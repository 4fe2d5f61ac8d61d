import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Connector } from '../../../src/core/connector/connector.ts'
import { noNameServer } from '../../support/fake-dns.ts'
import { openBench } from '../bench.ts'
import type { ContractCase } from '../case.ts'

const request = { redirectUrl: 'https://hub.example/return?a=b', state: 'state-of-the-contract', codeChallenge: 'challenge-of-the-contract' }

/** What helps a person to set a channel up: sign-in at the vendor, and guesses from what is typed. */
export function describeSettingUp(connector: Connector, contractCase: ContractCase): void {
  const { abilities } = connector.manifest

  it('asks for consent and accepts it, or neither', () => {
    expect(abilities.includes('consentUrl')).toBe(abilities.includes('acceptConsent'))
    if (abilities.includes('consentUrl')) expect(contractCase.consent, 'settings that are enough for consent').toBeDefined()
  })

  if (abilities.includes('consentUrl')) describeConsent(connector, contractCase)
  if (abilities.includes('suggestSettings')) describeSuggestions(connector, contractCase)
}

function describeConsent(connector: Connector, contractCase: ContractCase): void {
  describe('consent', () => {
    it('goes to the vendor with state, challenge and return address, by HTTPS, and without a secret', () => {
      const bench = openBench(connector)
      const offer = connector.consentUrl?.(bench.channel(contractCase.consent).settings, request)
      if (offer === undefined || !('url' in offer)) throw new Error(`refused: ${offer?.refused.en}`)
      const { protocol, searchParams } = new URL(offer.url)
      expect(protocol).toBe('https:')
      expect([...searchParams.values()]).toEqual(expect.arrayContaining([request.state, request.codeChallenge, request.redirectUrl, 'S256']))
      expect(bench.secrets.size).toBeGreaterThan(0)
      for (const secret of bench.secrets) expect(offer.url).not.toContain(secret)
    })
  })
}

function describeSuggestions(connector: Connector, contractCase: ContractCase): void {
  describe('suggestions', () => {
    it('throw for nothing that is typed, and name fields that there are', async () => {
      const fields = Object.keys(z.toJSONSchema(connector.settings, { io: 'input', unrepresentable: 'any' }).properties ?? {})
      const drafts = [{}, contractCase.settings, contractCase.consent ?? {}, { [fields[0] ?? 'x']: 7 }, { [fields[0] ?? 'x']: '@'.repeat(5_000) }]
      for (const draft of drafts) {
        const found = await connector.suggestSettings?.(draft as Record<string, unknown>, { dns: noNameServer })
        for (const name of [...Object.keys(found?.settings ?? {}), ...(found?.consent?.needs ?? [])]) expect(fields).toContain(name)
      }
    })
  })
}
