import { titleOf, valueName } from './names.ts'

/** The files of a new connector by path: a webhook with a shared secret and a way back, to be cut down or built up. */
export function connectorFiles(id: string): Record<string, string> {
  const folder = `src/connectors/${id}`
  return {
    [`${folder}/README.md`]: readme(id),
    [`${folder}/manifest.ts`]: manifest(id),
    [`${folder}/settings.ts`]: settings(),
    [`${folder}/payloads.ts`]: payloads(),
    [`${folder}/inbound.ts`]: inbound(),
    [`${folder}/webhook.ts`]: webhook(id),
    [`${folder}/client.ts`]: client(),
    [`${folder}/outbound.ts`]: outbound(id),
    [`${folder}/connector.ts`]: connector(id),
    [`${folder}/fixtures/message__text.json`]: fixture(id),
    [`tests/contract/cases/${id}.ts`]: contractCase(id),
  }
}

function readme(id: string): string {
  return `# ${titleOf(id)}

What it carries, in two sentences, for the person who sets it up.

## Set up

1. …

## Limits

| | |
| --- | --- |
| text | … |

## Quirks worth remembering

- …

## Troubleshooting

| what the channel says | what to do |
| --- | --- |
| … | … |
`
}

function manifest(id: string): string {
  return `import type { Manifest } from '../../core/connector/manifest.ts'

export const manifest: Manifest = {
  id: '${id}',
  title: { en: '${titleOf(id)}', ru: '' },
  summary: { en: '', ru: '' },
  media: ['chat'],
  transport: ['webhook'],
  proof: ['secret'],
  abilities: ['verify', 'dedupeKey', 'render', 'send'],
  steps: [],
  icon: '<circle cx="12" cy="12" r="9"/>',
  reaches: ['${id}'],
}
`
}

function settings(): string {
  return `import { z } from 'zod'
import { secret } from '../../core/connector/settings.ts'

export const settings = z.object({
  token: secret().meta({ title: 'Token' }),
  webhookSecret: secret().min(16).meta({ title: 'Webhook secret' }),
  apiRoot: z.url({ protocol: /^https?$/ }).default('https://api.example.com').meta({ title: 'Address of the API' }),
})

export type Settings = z.infer<typeof settings>
`
}

function payloads(): string {
  return `import { z } from 'zod'

// What the vendor sends, as far as it is read here. Name the page it is documented on. Lenient in all the rest.

export const message = z.object({
  id: z.string(),
  from: z.object({ id: z.string(), name: z.string().optional() }),
  text: z.string(),
  sentAt: z.iso.datetime({ offset: true }),
})

export const body = z.looseObject({ kind: z.string() })
`
}

function inbound(): string {
  return `import type { ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { InboundEvent } from '../../core/connector/event.ts'

/** Pure: one delivery to its events. What is unknown becomes \`unsupported\`, what is broken \`malformed\`; it never throws. */
export function normalise(_delivery: ReceivedDelivery): InboundEvent[] {
  return []
}
`
}

function webhook(id: string): string {
  return `import { createHash, timingSafeEqual } from 'node:crypto'
import type { RawDelivery, Verdict } from '../../core/connector/delivery.ts'
import type { Channel } from '../../core/connector/hub.ts'
import type { Settings } from './settings.ts'

/** The vendor's proof: change the header to its own, or compute its signature over \`request.body\`. */
export function verify(request: RawDelivery, channel: Channel<Settings>): Verdict {
  const shown = request.headers['x-${id}-secret'] ?? ''
  if (isSame(shown, channel.settings.webhookSecret)) return { is: 'ok' }
  return { is: 'refused', reason: 'X-${id}-secret is not the secret of this channel' }
}

function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}

/** The vendor's id of the delivery, when it has one. */
export function dedupeKey(_request: RawDelivery): string | undefined {
  return undefined
}
`
}

function client(): string {
  return `import { ConnectorError } from '../../core/connector/errors.ts'
import type { Hub } from '../../core/connector/hub.ts'
import type { Settings } from './settings.ts'

/** The only place that speaks to the vendor. Throws only ConnectorError; its words never hold a secret. */
export async function call(settings: Settings, hub: Hub, path: string, payload?: object): Promise<unknown> {
  const headers = { authorization: \`Bearer \${settings.token}\`, 'content-type': 'application/json' }
  const init = payload === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(payload) }
  const response = await hub.fetch(\`\${settings.apiRoot}\${path}\`, init).catch(() => {
    throw new ConnectorError(payload === undefined ? 'temporary' : 'outcome_unknown', 'No answer came')
  })
  if (response.ok) return response.json()
  throw new ConnectorError('rejected', \`The vendor answered \${response.status}\`)
}
`
}

function outbound(id: string): string {
  return `import { z } from 'zod'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import type { OutgoingMessage, Rendered, SendablePart, Sent } from '../../core/connector/outgoing.ts'
import { call } from './client.ts'
import type { Settings } from './settings.ts'

const partData = z.object({ to: z.string(), text: z.string() })

export function render({ to, text, attachments }: OutgoingMessage): Rendered {
  if (to.kind !== '${id}') return { refused: 'invalid_recipient', reason: 'This client is not known there' }
  if (attachments.length > 0) return { refused: 'unsupported', reason: 'Files are not carried' }
  return { parts: [{ data: { to: to.value, text }, attachmentIds: [] }] }
}

export async function send(part: SendablePart, channel: Channel<Settings>, hub: Hub): Promise<Sent> {
  const data = partData.safeParse(part.data).data
  if (!data) throw new ConnectorError('rejected', 'This part was not made for this connector')
  const answer = z.object({ id: z.string() }).safeParse(await call(channel.settings, hub, '/messages', data)).data
  if (!answer) throw new ConnectorError('outcome_unknown', 'The vendor took the message and named no id')
  return { externalId: answer.id }
}
`
}

function connector(id: string): string {
  return `import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { call } from './client.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { render, send } from './outbound.ts'
import { type Settings, settings } from './settings.ts'
import { dedupeKey, verify } from './webhook.ts'

export const ${valueName(id)} = defineConnector<Settings>({ manifest, settings, check, normalise, verify, dedupeKey, render, send })

async function check(of: Settings, hub: Hub): Promise<CheckResult> {
  try {
    await call(of, hub, '/me')
    return { ok: true }
  } catch (error) {
    return { ok: false, error: error instanceof ConnectorError ? error : new ConnectorError('temporary', 'The vendor could not be asked') }
  }
}
`
}

function fixture(id: string): string {
  const body = { kind: 'message', message: { id: 'm-1', from: { id: 'u-7', name: 'Anna' }, text: 'Hello', sentAt: '2026-11-22T09:00:00Z' } }
  const from = { name: 'Anna', identities: [{ kind: id, value: 'u-7', evidence: 'attested' }] }
  const expect = [{ type: 'message', key: 'message:m-1', externalId: 'm-1', direction: 'inbound', from, text: 'Hello' }]
  return `${JSON.stringify({ about: 'Replace by what the vendor really sent', headers: { 'content-type': 'application/json' }, body, expect }, null, 2)}\n`
}

function contractCase(id: string): string {
  return `import type { ServerResponse } from 'node:http'
import type { ConnectorErrorCode } from '../../../src/core/connector/errors.ts'
import { type Bench, type ContractCase, caught } from '../case.ts'

const settings = { token: 'token-of-the-contract', webhookSecret: 'secret-of-the-contract' }

export const ${valueName(id)}: ContractCase = {
  settings,
  proofs: {
    secret: {
      settings,
      sign: (request) => ({ ...request, headers: { ...request.headers, 'x-${id}-secret': settings.webhookSecret } }),
    },
  },
  failures: [
    { name: 'a wrong token', code: 'auth_failed', provoke: checkWithWrongToken },
    sending(429, 'rate_limited'),
    sending(401, 'auth_failed'),
    sending(403, 'blocked'),
    sending(500, 'outcome_unknown'),
  ],
}

async function checkWithWrongToken(bench: Bench): Promise<unknown> {
  const apiRoot = await bench.httpVendor((_request, response) => void response.writeHead(401).end('{}'))
  return bench.connector.check(bench.channel({ ...settings, apiRoot }).settings, bench.hub)
}

function sending(status: number, code: ConnectorErrorCode) {
  const answer = (response: ServerResponse) => void response.writeHead(status).end('{}')
  const provoke = async (bench: Bench) => {
    const apiRoot = await bench.httpVendor((_request, response) => answer(response))
    const part = { data: { to: 'u-7', text: 'hi' }, files: [], idempotencyKey: 'k' }
    return caught(bench.connector.send?.(part, bench.channel({ ...settings, apiRoot }), bench.hub) ?? Promise.resolve())
  }
  return { name: \`sending, answered \${status}\`, code, provoke }
}
`
}
