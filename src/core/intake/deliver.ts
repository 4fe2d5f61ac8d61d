import { createHash } from 'node:crypto'
import type { LoadedChannel } from '../channels/channel.ts'
import { secretsOf } from '../channels/hub.ts'
import type { DeliverOptions, RawDelivery } from '../connector/delivery.ts'
import { newId } from '../database/id.ts'
import { isPassingFault } from '../database/passing-fault.ts'
import type { Pool } from '../database/pool.ts'
import type { Files } from '../files/files.ts'
import { createAdaptiveBatch } from './adaptive-batch.ts'
import { largestInlineBody, maskHeaders, type NewDelivery } from './delivery.ts'
import { insertDeliveries } from './delivery-store.ts'
import { fitId } from './fit-id.ts'

export interface Intake {
  /** Resolves after the commit; rejects when nothing was stored. */
  deliver(channel: LoadedChannel, raw: RawDelivery, options?: DeliverOptions): Promise<void>
}

/**
 * The one way in. `onStored` wakes the applier after each commit and names what is urgent; `noteDelivery` hears when each channel received something; `sealState` encrypts a cursor before it is kept.
 */
export function createIntake(deps: {
  pool: Pool
  files: Files
  sealState(plain: string): string
  onStored(count: number, urgentIds: string[]): void
  noteDelivery(channelId: string, at: Date): void
}): Intake {
  const batch = createAdaptiveBatch<NewDelivery>(async (deliveries) => {
    await insertDeliveries(deps.pool, deliveries)
    deps.onStored(
      deliveries.length,
      deliveries.filter(({ isUrgent }) => isUrgent).map(({ id }) => id),
    )
    for (const delivery of deliveries) deps.noteDelivery(delivery.channelId, delivery.receivedAt)
  }, isPassingFault)
  return {
    async deliver(channel, raw, options = {}) {
      const id = newId()
      const receivedAt = new Date()
      const bodyFile = raw.body.length > largestInlineBody ? `deliveries/${receivedAt.toISOString().slice(0, 10)}/${id}` : null
      if (bodyFile !== null) await deps.files.write(bodyFile, raw.body)
      await batch.add({
        id,
        channelId: channel.id,
        dedupeKey: fitKey(options.dedupeKey) ?? id,
        raw: { ...raw, headers: maskHeaders(raw.headers, knownSecrets(channel)) },
        bodyFile,
        sha256: createHash('sha256').update(raw.body).digest(),
        status: channel.pausedAt === null ? 'received' : 'held',
        receivedAt,
        isUrgent: channel.connector.manifest.isUrgent === true,
        cursor: options.cursor && { name: options.cursor.name, value: deps.sealState(options.cursor.value) },
      })
    },
  }
}

/** PostgreSQL holds no NUL. */
function fitKey(dedupeKey: string | undefined): string | undefined {
  const key = dedupeKey?.replaceAll('\u0000', '').toWellFormed()
  return key ? fitId(key) : undefined
}

const secretsByChannel = new WeakMap<LoadedChannel, string[]>()

/** Asked for every delivery: kept for as long as the channel stays as it is. */
function knownSecrets(channel: LoadedChannel): string[] {
  const known = secretsByChannel.get(channel) ?? secretsOf(channel)
  secretsByChannel.set(channel, known)
  return known
}
