import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import { normalise, readFields } from './inbound.ts'
import { manifest } from './manifest.ts'
import { readExample } from './read-example.ts'
import { renderEmbed } from './render-embed.ts'
import { type FormSettings, settings } from './settings.ts'
import { snippets } from './snippets.ts'
import { testRequest } from './test-request.ts'
import { dedupeKey, reply, verify } from './webhook.ts'

export const form = defineConnector<FormSettings>({
  manifest,
  settings,
  check,
  normalise,
  verify,
  dedupeKey,
  reply,
  embed: (channel, language) => ({ script: renderEmbed(channel.settings, { hookUrl: channel.hookUrl, language }) }),
  snippets,
  readFields,
  readExample,
  testRequest,
})

/** There is nobody to ask: the settings alone can be wrong. */
function check(given: FormSettings): Promise<CheckResult> {
  const read = settings.safeParse(given)
  if (read.success) return Promise.resolve({ ok: true })
  const message = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
  return Promise.resolve({ ok: false, error: new ConnectorError('rejected', message) })
}
