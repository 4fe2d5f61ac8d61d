import { implement } from '@orpc/server'
import { withoutKey } from '../../core/channels/channel.ts'
import { checkChannel } from '../../core/channels/check-channel.ts'
import { createChannel } from '../../core/channels/create-channel.ts'
import { deleteChannel } from '../../core/channels/delete-channel.ts'
import { getChannel, listChannels } from '../../core/channels/list-channels.ts'
import { pauseChannel } from '../../core/channels/pause-channel.ts'
import { resumeChannel } from '../../core/channels/resume-channel.ts'
import { listSnippets, setUpWebhook } from '../../core/channels/set-up-webhook.ts'
import { startConsent } from '../../core/channels/start-consent.ts'
import { suggestSettings } from '../../core/channels/suggest-settings.ts'
import { testChannel } from '../../core/channels/test-channel.ts'
import { updateChannel } from '../../core/channels/update-channel.ts'
import { channelsContract } from '../contract/channels.ts'
import { connectors } from '../policies/rule.ts'
import type { ApiContext } from './context.ts'

const os = implement(channelsContract).$context<ApiContext>()

export const channelsRoutes = os.router({
  list: os.list.handler(async ({ context }) => {
    const channels = await listChannels(context.deps)
    return { items: maySeeKeys(context) ? channels : channels.map(withoutKey), nextCursor: null }
  }),
  get: os.get.handler(async ({ input, context }) => {
    const channel = await getChannel(context.deps, input.id)
    return maySeeKeys(context) ? channel : withoutKey(channel)
  }),
  create: os.create.handler(({ input: { teamId, ...input }, context }) =>
    createChannel(context.deps, { ...input, ...(teamId === undefined ? {} : { teamId }), ...by(context) }),
  ),
  update: os.update.handler(({ input, context }) => updateChannel(context.deps, { ...input, ...by(context) })),
  delete: os.delete.handler(async ({ input, context }) => {
    await deleteChannel(context.deps, { ...input, ...by(context) })
    return {}
  }),
  pause: os.pause.handler(({ input, context }) => pauseChannel(context.deps, { ...input, ...by(context) })),
  resume: os.resume.handler(({ input, context }) =>
    resumeChannel({ ...context.deps, wakeApplying: context.deps.intake.wake }, { ...input, ...by(context) }),
  ),
  check: os.check.handler(({ input, context }) => checkChannel(context.deps, input)),
  test: os.test.handler(({ input, context }) => testChannel(context.deps, input.id)),
  suggest: os.suggest.handler(({ input, context }) => suggestSettings(context.deps, input)),
  startConsent: os.startConsent.handler(({ input, context }) => startConsent(context.deps, { ...input, ...by(context) })),
  setUpWebhook: os.setUpWebhook.handler(({ input, context }) => setUpWebhook(context.deps, { ...input, ...by(context) })),
  snippets: os.snippets.handler(({ input, context }) => listSnippets(context.deps, input.id)),
})

function by({ actor, ip }: ApiContext) {
  return { actor, ip }
}

/** The key in a hook's address is its proof: only those who connect channels see it. */
function maySeeKeys({ actor }: ApiContext): boolean {
  return connectors.some((role) => role === actor.role)
}
