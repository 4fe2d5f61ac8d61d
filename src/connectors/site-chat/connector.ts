import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import { askToCall } from './ask-to-call.ts'
import { greetVisitor } from './greeting.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { render, send } from './outbound.ts'
import { type Settings, settings } from './settings.ts'
import { snippets } from './snippets.ts'
import { admitsPage, dedupeKey, reply, verify } from './webhook.ts'

export const siteChat = defineConnector<Settings>({
  manifest,
  settings,
  check,
  normalise,
  verify,
  dedupeKey,
  reply,
  afterDelivery: (request, channel, hub) => askToCall(request, channel.settings, hub),
  render,
  send: (part, _channel, hub) => send(part, hub),
  admitsPage,
  greetVisitor,
  snippets,
})

/** There is nobody to ask: the settings alone can be wrong. */
function check(given: Settings): Promise<CheckResult> {
  const read = settings.safeParse(given)
  if (read.success) return Promise.resolve({ ok: true })
  const message = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
  return Promise.resolve({ ok: false, error: new ConnectorError('rejected', message) })
}
