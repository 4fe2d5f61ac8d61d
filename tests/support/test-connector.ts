import { z } from 'zod'
import { type Connector, defineConnector } from '../../src/core/connector/connector.ts'
import { ConnectorError } from '../../src/core/connector/errors.ts'
import type { Hub, Logger } from '../../src/core/connector/hub.ts'
import { secret } from '../../src/core/connector/settings.ts'

export const testSettings = z.object({
  /** Where the fake vendor listens. */
  baseUrl: z.string().default('http://127.0.0.1:9'),
  token: secret().min(4),
  note: z.string().optional(),
})
export type TestSettings = z.infer<typeof testSettings>

export const silentLogger: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** The smallest connector that can do everything the outbox and the sessions ask for, against a real HTTP server. */
export function testConnector(changes: Partial<Connector<TestSettings>> = {}): Connector {
  // The registry sees every connector with unknown settings; core hands each its own.
  return defineConnector<TestSettings>({
    manifest: {
      id: 'test',
      title: { en: 'Test', ru: 'Проверка' },
      summary: { en: 'For tests', ru: 'Для проверок' },
      media: ['chat'],
      transport: ['webhook'],
      proof: ['secret'],
      abilities: ['render', 'send', 'fetchMedia'],
      steps: [],
      icon: '',
      reaches: ['test'],
    },
    settings: testSettings,
    check: async (settings) => (settings.token === 'wrong' ? { ok: false, error: new ConnectorError('auth_failed', 'bad token') } : { ok: true }),
    normalise: () => [],
    render(message) {
      if (message.text === 'refuse') return { refused: 'window_closed', reason: 'The window is closed.' }
      const text = message.text ? [{ data: { to: message.to.value, text: message.text, replyTo: message.replyTo ?? null }, attachmentIds: [] }] : []
      return {
        parts: [...text, ...message.attachments.map((file) => ({ data: { to: message.to.value, text: file.name }, attachmentIds: [file.id] }))],
      }
    },
    async send(part, channel, hub) {
      const files = await Promise.all(part.files.map(async (file) => Buffer.from(await file.read()).toString('base64')))
      return sendToVendor(hub, channel.settings, { ...(part.data as object), files, idempotencyKey: part.idempotencyKey })
    },
    async fetchMedia(ref, channel, hub) {
      const answer = await hub.fetch(`${channel.settings.baseUrl}/media/${ref}`)
      if (answer.status === 404) throw new ConnectorError('rejected', 'The file is gone.')
      if (!answer.ok) throw new ConnectorError('temporary', `The vendor answered ${answer.status}.`)
      return { bytes: new Uint8Array(await answer.arrayBuffer()), type: 'image/png' }
    },
    ...changes,
  }) as Connector
}

async function sendToVendor(hub: Hub, settings: TestSettings, body: object): Promise<{ externalId: string; alsoKnownAs: string[] }> {
  let answer: Response
  let said: { id?: string; error?: string }
  try {
    answer = await hub.fetch(`${settings.baseUrl}/send`, { method: 'POST', body: JSON.stringify(body), timeoutMs: 30_000 })
    said = (await answer.json()) as { id?: string; error?: string }
  } catch (error) {
    const isRefused = error instanceof Error && String((error.cause as { code?: string } | undefined)?.code) === 'ECONNREFUSED'
    throw new ConnectorError(isRefused ? 'temporary' : 'outcome_unknown', 'The line was cut.', { cause: error })
  }
  if (answer.status === 401) throw new ConnectorError('auth_failed', 'The token was refused.')
  if (answer.status === 429)
    throw new ConnectorError('rate_limited', 'Too many.', { retryAfterMs: Number(answer.headers.get('retry-after-ms') ?? 1_000) })
  if (answer.status === 503) throw new ConnectorError('temporary', 'The vendor is busy.')
  if (answer.status === 400) throw new ConnectorError('rejected', said.error ?? 'The vendor refused.')
  const id = said.id ?? ''
  return { externalId: id, alsoKnownAs: [`also-${id}`] }
}
