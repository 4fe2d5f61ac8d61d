import { implement } from '@orpc/server'
import type { Actor } from '../../core/access/actor.ts'
import { recordAudit } from '../../core/access/audit.ts'
import { noteReading } from '../../core/access/note-reading.ts'
import { draftChannel } from '../../core/channels/draft-channel.ts'
import { listVersions } from '../../core/channels/list-versions.ts'
import { readChannelHealth } from '../../core/channels/read-channel-health.ts'
import { requireChannel } from '../../core/channels/require-channel.ts'
import { dryRunSettings } from '../../core/intake/dry-run-settings.ts'
import { pingChannel } from '../../core/intake/ping-channel.ts'
import { previewCards } from '../../core/intake/preview-cards.ts'
import { readExample } from '../../core/intake/read-example.ts'
import { channelToolsContract } from '../contract/channel-tools.ts'
import { readers } from '../policies/rule.ts'
import type { ApiContext } from './context.ts'

const os = implement(channelToolsContract).$context<ApiContext>()

export const channelToolsRoutes = os.router({
  preview: os.preview.handler(async ({ input: { id, deliveryId, settings }, context }) => {
    const { deps, actor } = context
    await requireChannel(deps.pool, actor, id)
    const { draft } = await draftChannel(deps, id, settings)
    const items = await previewCards(deps, { channel: draft, deliveryId, seenBy: seeing(actor) })
    if (seeing(actor) === null) await noteReading(deps.pool, context, deliveryId)
    return { items }
  }),
  dryRun: os.dryRun.handler(async ({ input: { id, settings, ...page }, context }) => {
    const { deps, actor } = context
    await requireChannel(deps.pool, actor, id)
    const run = await dryRunSettings(deps, await draftChannel(deps, id, settings), page)
    if (page.cursor === undefined) await recordAudit(deps.pool, context, { action: 'channel.dry_run', subject: id })
    return run
  }),
  example: os.example.handler(async ({ input: { id, text }, context: { deps, actor } }) => {
    await requireChannel(deps.pool, actor, id)
    return await readExample(deps, { id, text, seenBy: seeing(actor) })
  }),
  ping: os.ping.handler(async ({ input, context }) => {
    const { deps, actor } = context
    await requireChannel(deps.pool, actor, input.id)
    await pingChannel({ ...deps, deliver: deps.intake.deliver }, context, input.id)
    return { isSent: true }
  }),
  versions: os.versions.handler(async ({ input, context: { deps, actor } }) => {
    await requireChannel(deps.pool, actor, input.id)
    return { items: await listVersions(deps, input.id), nextCursor: null }
  }),
  health: os.health.handler(async ({ input, context: { deps, actor } }) => {
    await requireChannel(deps.pool, actor, input.id)
    return await readChannelHealth(deps, input.id)
  }),
})

/** Cards are named to whoever may see clients; an integrator learns that there is one, and why. */
function seeing(actor: Actor): Actor | null {
  return readers.some((role) => role === actor.role) ? actor : null
}
