import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import express from 'express'
import { contract } from '../contract/contract.ts'
import { webhookEvents, webhookSchema } from '../contract/webhook-events.ts'

type Document = Awaited<ReturnType<OpenAPIGenerator['generate']>>

/** /openapi.json (OpenAPI 3.1, generated from the contract) and /docs (a plain page made of it; nothing is fetched from outside). */
export function docsRoutes(publicUrl: string): express.Router {
  let generated: Promise<Document> | undefined
  const document = () => {
    generated ??= new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(contract, {
      info: { title: 'Switchboard', version: '1' },
      servers: [{ url: `${publicUrl}/api/v1` }],
      security: [{ key: [] }, { session: [] }],
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: 'switchboard.session_token' },
        },
      },
    })
    return generated
  }
  const routes = express.Router()
  routes.get('/v1/openapi.json', async (_request, response) => {
    response.json({ ...(await document()), webhooks: describedWebhooks() })
  })
  routes.get('/docs', async (_request, response) => {
    response.type('html').send(renderDocs(await document()))
  })
  return routes
}

/** What webhooks send, as OpenAPI 3.1 says it. */
function describedWebhooks(): Record<string, object> {
  return Object.fromEntries(
    webhookEvents.map((event) => [
      event.type,
      {
        post: {
          summary: event.en,
          requestBody: { content: { 'application/json': { schema: webhookSchema(event) } } },
          responses: { '2XX': { description: 'Received. Anything else is tried again.' } },
        },
      },
    ]),
  )
}

function renderDocs(document: Document): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    (['get', 'post', 'put', 'patch', 'delete'] as const).flatMap((method) => {
      const operation = item?.[method]
      return operation ? [{ method: method.toUpperCase(), path, operation }] : []
    }),
  )
  const sections = operations.map(({ method, path, operation }) => {
    const { operationId, summary, description, parameters, requestBody, responses } = operation
    const details = JSON.stringify({ parameters, requestBody, responses }, null, 2)
    return `<details><summary><code>${method} /api/v1${escapeHtml(path)}</code> ${escapeHtml(summary ?? operationId ?? '')}</summary>
<p>${escapeHtml(description ?? '')}</p><pre>${escapeHtml(details)}</pre></details>`
  })
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Switchboard API</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}pre{overflow:auto}</style>
<h1>Switchboard API</h1>
<p>Send <code>Authorization: Bearer &lt;key&gt;</code>. Lists: <code>?cursor=&amp;limit=</code> → <code>{ items, nextCursor }</code>.
Errors are <code>application/problem+json</code> with a stable <code>code</code>. <code>Idempotency-Key</code> on POST.
Machine-readable: <a href="/api/v1/openapi.json">openapi.json</a>.</p>
${sections.join('\n')}</html>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
