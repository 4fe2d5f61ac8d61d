import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface MangoKeys {
  apiKey: string
  apiSalt: string
}

export interface FakeMango {
  /** What a channel needs to speak to it. */
  settings: MangoKeys & { apiRoot: string }
  /** Every signed request, in order. */
  asked: { path: string; json: Record<string, unknown> }[]
  /** Posts an event to a hook as MANGO does, signed; gives the status that it heard. */
  tell(hookUrl: string, path: string, event: object, salt?: string): Promise<number>
  close(): Promise<void>
}

/** The three fields of every message in either direction. */
export function signAsMango(json: string, { apiKey, apiSalt }: MangoKeys): URLSearchParams {
  const sign = createHash('sha256').update(`${apiKey}${json}${apiSalt}`).digest('hex')
  return new URLSearchParams({ vpbx_api_key: apiKey, sign, json })
}

/**
 * MANGO OFFICE's API on 127.0.0.1 as far as this hub asks it: commands are accepted, recordings come by a link that is redirected to, and nothing is
 * known of calls that no event told. What is signed otherwise is refused.
 */
export async function fakeMango(keys: MangoKeys, soundOf: (recordingId: string) => Uint8Array): Promise<FakeMango> {
  const asked: FakeMango['asked'] = []
  const answers: Record<string, string> = { '/stats/request': '{"key":"statistics"}', '/stats/result': '', '/config/users/request': '{"users":[]}' }
  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    if (path.startsWith('/file/')) return response.writeHead(200, { 'content-type': 'audio/wav' }).end(soundOf(path.slice('/file/'.length)))
    const form = new URLSearchParams(await text(request))
    const json = form.get('json') ?? ''
    if (form.get('sign') !== signAsMango(json, keys).get('sign')) {
      return response.writeHead(420, { 'content-type': 'application/json' }).end('{"code":3102}')
    }
    const fields = JSON.parse(json) as Record<string, unknown>
    asked.push({ path, json: fields })
    if (path === '/queries/recording/post') return response.writeHead(302, { location: `/file/${fields.recording_id}` }).end()
    const answer = answers[path] ?? '{"result":1000}'
    return response.writeHead(200, { 'content-type': answer.startsWith('{') ? 'application/json' : 'text/csv' }).end(answer)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    settings: { ...keys, apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    asked,
    async tell(hookUrl, path, event, salt = keys.apiSalt) {
      const body = signAsMango(JSON.stringify(event), { ...keys, apiSalt: salt })
      const response = await fetch(`${hookUrl}${path}`, { method: 'POST', body })
      await response.arrayBuffer()
      return response.status
    },
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
