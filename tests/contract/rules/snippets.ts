import { Script } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Connector } from '../../../src/core/connector/connector.ts'
import { openBench } from '../bench.ts'
import type { ContractCase } from '../case.ts'

const snippet = z.object({ title: z.object({ en: z.string().min(1), ru: z.string().min(1) }), code: z.string().min(1) })

/** What is given to people to copy, and to strangers' browsers. */
export function describeSnippets(connector: Connector, contractCase: ContractCase): void {
  const { abilities } = connector.manifest
  const settings = contractCase.proofs?.secret?.settings ?? contractCase.settings

  if (!abilities.includes('snippets') && !abilities.includes('embed')) return
  describe('code for pages', () => {
    it('has a title in both languages, names the address of the channel and no secret', () => {
      const bench = openBench(connector)
      const snippets = connector.snippets?.(bench.channel(settings)) ?? []
      expect(snippets.length).toBeGreaterThan(0)
      for (const one of snippets) expect(snippet.safeParse(one).error).toBeUndefined()
      expect(snippets.some(({ code }) => code.includes('contract-key'))).toBe(true)
      for (const secret of bench.secrets) expect(JSON.stringify(snippets).includes(secret)).toBe(false)
    })

    if (!abilities.includes('embed')) return
    it('is a script that browsers can read, in either language, and holds no secret', () => {
      const bench = openBench(connector)
      for (const language of ['en', 'ru', 'xx']) {
        const script = connector.embed?.(bench.channel(settings), language).script ?? ''
        expect(script).not.toBe('')
        expect(() => new Script(script)).not.toThrow()
        for (const secret of bench.secrets) expect(script.includes(secret)).toBe(false)
      }
    })
  })
}
