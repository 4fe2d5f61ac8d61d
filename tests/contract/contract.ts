import { describe, expect, it } from 'vitest'
import type { Connector } from '../../src/core/connector/connector.ts'
import type { ContractCase } from './case.ts'
import { readFixtures } from './fixtures.ts'
import { describeFailures } from './rules/failures.ts'
import { describeFixtures } from './rules/fixtures.ts'
import { describeManifest } from './rules/manifest.ts'
import { describeMapping } from './rules/mapping.ts'
import { describeNoise } from './rules/noise.ts'
import { describeProofs } from './rules/proofs.ts'
import { describeSessions } from './rules/sessions.ts'
import { describeSettingUp } from './rules/setting-up.ts'
import { describeSnippets } from './rules/snippets.ts'

/** One connector under the contract: where its folder is, and what its case tells. */
export interface UnderTest {
  connector: Connector
  folder: string
  contractCase: ContractCase | undefined
}

/** The rules that every connector keeps, whoever wrote it. */
export function describeConnector({ connector, folder, contractCase }: UnderTest): void {
  const { id } = connector.manifest
  describe(`connector ${id}`, () => {
    describeManifest(connector, folder)
    it('has a case for the contract', () => {
      expect(contractCase, `add tests/contract/cases/${id}.ts to cases.ts`).toBeDefined()
    })
    if (!contractCase) return
    const fixtures = readFixtures(`${folder}/fixtures`)
    describeFixtures(connector, contractCase, fixtures)
    describeProofs(connector, contractCase, fixtures)
    describeNoise(connector, contractCase, fixtures)
    describeFailures(connector, contractCase)
    describeSessions(connector, contractCase)
    describeSettingUp(connector, contractCase)
    describeSnippets(connector, contractCase)
    describeMapping(connector, contractCase, fixtures)
  })
}
