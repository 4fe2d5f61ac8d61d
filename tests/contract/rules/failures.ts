import { describe, expect, it } from 'vitest'
import type { CheckResult, Connector } from '../../../src/core/connector/connector.ts'
import { ConnectorError } from '../../../src/core/connector/errors.ts'
import { openBench, visible } from '../bench.ts'
import type { ContractCase } from '../case.ts'

export function describeFailures(connector: Connector, contractCase: ContractCase): void {
  const { failures = [], exempt } = contractCase

  describe('failures', () => {
    const reason = exempt?.badCredentials
    it(reason === undefined ? 'include bad credentials' : `include no bad credentials: ${reason}`, () => {
      expect(failures.some(({ code }) => code === 'auth_failed')).toBe(reason === undefined)
    })

    for (const { name, code, retryAfterMs, provoke } of failures) {
      it(`${name}: ${code}, and no secret is told`, async () => {
        const bench = openBench(connector)
        try {
          const error = errorOf(await provoke(bench))
          expect(error).toBeInstanceOf(ConnectorError)
          expect(error).toMatchObject({ code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) })
          const told = `${visible(error)} ${bench.said()}`
          for (const secret of bench.secrets) expect(told.includes(secret), `a secret in: ${told}`).toBe(false)
        } finally {
          await bench.close()
        }
      })
    }
  })
}

/** The error itself, whether it was thrown or is the result of a check. */
function errorOf(outcome: unknown): unknown {
  return isCheckResult(outcome) && !outcome.ok ? outcome.error : outcome
}

function isCheckResult(outcome: unknown): outcome is CheckResult {
  return typeof outcome === 'object' && outcome !== null && 'ok' in outcome
}
