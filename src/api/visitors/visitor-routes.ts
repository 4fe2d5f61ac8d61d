import { existsSync } from 'node:fs'
import { join } from 'node:path'
import express from 'express'
import { z } from 'zod'
import { CoreError } from '../../core/errors.ts'
import { openSession } from '../../core/visitors/open-session.ts'
import { readHistory } from '../../core/visitors/read-history.ts'
import { readVisitorToken } from '../../core/visitors/visitor-token.ts'
import type { VisitorHistory, VisitorLook, VisitorSession, VisitorWidget } from '../contract/visitors.ts'
import { callerIp } from '../http/authenticate.ts'
import { keepAttendance } from './attendance.ts'
import { presentMessage } from './present-message.ts'
import { admitPage, createFlood, type VisitorDeps } from './visitor-door.ts'
import { sendVisitorFile } from './visitor-files.ts'
import { sendWidget } from './widget-script.ts'

const pageSize = 30
/** Long enough for a JWT. */
const largestBody = '16kb'

const sessionRequest = z.object({
  token: z.string().max(1_000).optional(),
  language: z.string().max(35).optional(),
  identity: z.unknown().optional(),
})
const historyRequest = z.object({ token: z.string().max(1_000), before: z.string().max(500).optional() })

/**
 * `/widget.js` and `/visitors/<channelKey>/…`: what the chat in a page reads. Its requests are "simple" (https://fetch.spec.whatwg.org/#simple-header), so that no
 * preflight stands before them: texts of JSON, the token in the body and never in an address.
 */
export function visitorRoutes(deps: VisitorDeps & { consoleFolder?: string }): express.Router {
  const routes = express.Router()
  const attendanceOf = keepAttendance(deps.pool)
  const flood = createFlood()
  const text = express.text({ type: () => true, limit: largestBody })
  const keep = (what: Parameters<typeof flood>[0]) => (request: express.Request, _response: express.Response, next: express.NextFunction) => {
    next(flood(what, callerIp(request)) ? new CoreError('too_many_requests', undefined, { retryAfterSeconds: 30 }) : undefined)
  }
  const script = deps.consoleFolder && join(deps.consoleFolder, 'widget.js')
  if (script && existsSync(script)) routes.get('/widget.js', sendWidget(script))
  routes.get('/visitors/:key/files/:id', (request, response) => sendVisitorFile(deps, request, response))
  routes.get('/visitors/:key/widget', keep('widget'), async (request: express.Request<{ key: string }>, response) => {
    const { channel, greet } = await admitPage(deps, request, response)
    const { widget } = greet({ language: '', now: new Date() })
    const answer: VisitorWidget = { widget: widget as unknown as VisitorLook, ...(await attendanceOf(channel)) }
    response.json(answer)
  })
  routes.post('/visitors/:key/session', keep('session'), text, async (request: express.Request<{ key: string }>, response) => {
    const { channel, greet } = await admitPage(deps, request, response)
    const given = parseBody(sessionRequest, request.body)
    const now = new Date()
    const greeting = greet({ language: given.language ?? '', identity: given.identity, now })
    const { token, ids } = openSession(deps.vault, channel.id, { token: given.token, greeting, now })
    const answer: VisitorSession = {
      token,
      visitorId: ids[0] ?? '',
      ...(greeting.doubt && { doubt: greeting.doubt }),
      ...(await attendanceOf(channel)),
    }
    response.json(answer)
  })
  routes.post('/visitors/:key/history', keep('history'), text, async (request: express.Request<{ key: string }>, response) => {
    const { channel, greet } = await admitPage(deps, request, response)
    const given = parseBody(historyRequest, request.body)
    const now = new Date()
    const token = readVisitorToken(deps.vault, channel.id, given.token, now)
    if (!token) throw new CoreError('not_signed_in', 'This token is not ours, or too old.')
    const { showsNames } = greet({ language: '', now })
    const page = await readHistory(deps.pool, { channelId: channel.id, ids: token.ids, showsNames }, { before: given.before, limit: pageSize })
    const answer: VisitorHistory = { ...page, items: page.items.map((item) => presentMessage(deps.vault, channel, item, now)) }
    response.json(answer)
  })
  return routes
}

/** Throws `invalid_request`. */
function parseBody<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const parsed = schema.safeParse(readJson(body))
  if (!parsed.success) throw new CoreError('invalid_request', 'The body is not what this address takes.')
  return parsed.data
}

function readJson(body: unknown): unknown {
  try {
    return typeof body === 'string' ? JSON.parse(body) : undefined
  } catch {
    return undefined
  }
}
