import { defineConnector } from '../../core/connector/connector.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { verify } from './proof.ts'
import { fetchMedia } from './recordings.ts'
import { type Settings, settings } from './settings.ts'
import { snippets } from './snippets.ts'

export const pbxWebhook = defineConnector<Settings>({
  manifest,
  settings,
  // The PBX calls us; there is nobody to ask.
  check: async () => ({ ok: true }),
  normalise,
  verify,
  fetchMedia,
  snippets,
})
