import express from 'express'
import { forConnector, type LoadedChannel } from '../../core/channels/channel.ts'
import { CoreError } from '../../core/errors.ts'
import type { ApiDeps } from '../routes/context.ts'

type Deps = Pick<ApiDeps, 'directory' | 'connectors' | 'publicUrl'>

/** /forms/<key>.js: the script that puts a ready form of this channel on somebody's page. `?lang=ru|en`, else the reader's language; the form's own setting wins over both. */
export function embedRoutes(deps: Deps): express.Router {
  const routes = express.Router()
  routes.get('/forms/:key.js', async (request, response) => {
    const channel = await findEmbeddable(deps, request.params.key)
    if (!channel?.connector.embed || channel.settingsFault) throw new CoreError('not_found', 'There is no such form.')
    const asked = request.query.lang
    const language = typeof asked === 'string' ? asked : request.acceptsLanguages('ru', 'en') || 'ru'
    const { script } = channel.connector.embed(forConnector(channel, deps.publicUrl), language)
    // It is made to be loaded by other sites; changed settings show within five minutes.
    response.set({
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=300',
      vary: 'accept-language',
    })
    response.type('text/javascript').send(script)
  })
  return routes
}

async function findEmbeddable({ directory, connectors }: Deps, key: string): Promise<LoadedChannel | undefined> {
  for (const connector of connectors) {
    const channel = connector.embed && (await directory.find(connector.manifest.id, key))
    if (channel) return channel
  }
  return undefined
}
