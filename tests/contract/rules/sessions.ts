import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Connector } from '../../../src/core/connector/connector.ts'
import { openBench } from '../bench.ts'
import type { ContractCase } from '../case.ts'

// What a session may hold; other resources belong to the test runner.
const watched = ['TCPSocketWrap', 'TLSWrap', 'TCPServerWrap', 'TCPConnectWrap', 'GetAddrInfoReqWrap', 'Timeout']

export function describeSessions(connector: Connector, { sessions = [] }: ContractCase): void {
  const canOpen = connector.manifest.transport.some((transport) => transport !== 'webhook')
  if (!canOpen) return
  describe('sessions', () => {
    it('are described by the case', () => {
      expect(sessions.length).toBeGreaterThan(0)
    })

    for (const { name, open } of sessions) {
      it(`${name}: close() ends it within 5 s and leaves nothing running`, async () => {
        const before = running()
        const bench = openBench(connector)
        const session = await open(bench)
        await wait(50)
        const startedAt = performance.now()
        await session.close()
        expect(performance.now() - startedAt).toBeLessThan(5000)
        await session.close()
        const delivered = bench.delivered.length
        await bench.close()
        expect(await settled(before)).toEqual([])
        expect(bench.delivered.length, 'deliveries after close').toBe(delivered)
        for (const secret of bench.secrets) expect(bench.said().includes(secret), 'a secret in the log').toBe(false)
      })
    }
  })
}

function running(): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of process.getActiveResourcesInfo()) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** What is left over from before, after at most 2 s; sockets need a moment to say goodbye. */
async function settled(before: Map<string, number>): Promise<string[]> {
  for (let round = 0; ; round += 1) {
    const now = running()
    const left = watched.filter((name) => (now.get(name) ?? 0) > (before.get(name) ?? 0))
    if (left.length === 0 || round === 40) return left
    await wait(50)
  }
}
