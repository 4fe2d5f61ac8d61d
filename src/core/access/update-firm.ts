import { inTransaction } from '../database/pool.ts'
import type { AccessDeps } from './access-deps.ts'
import { type Caller, recordAudit } from './audit.ts'
import type { Firm } from './firm.ts'
import { readFirm, saveFirm } from './firm-store.ts'

/** Absent fields stay. */
export async function updateFirm(
  deps: Pick<AccessDeps, 'pool'>,
  change: { [Name in keyof Firm]?: Firm[Name] | undefined },
  caller: Caller,
): Promise<Firm> {
  return await inTransaction(deps.pool, async (tx) => {
    const before = await readFirm(tx)
    const firm: Firm = {
      name: change.name ?? before.name,
      language: change.language ?? before.language,
      timeZone: change.timeZone ?? before.timeZone,
      country: change.country ?? before.country,
      client: change.client ?? before.client,
    }
    await saveFirm(tx, firm)
    await recordAudit(tx, caller, { action: 'settings.changed', detail: change })
    return firm
  })
}
