import { OpenAPIHandler } from '@orpc/openapi/node'
import express from 'express'
import { CoreError } from '../../core/errors.ts'
import { isOperation, refusal } from '../policies/policy.ts'
import type { ApiContext, ApiDeps } from '../routes/context.ts'
import { router } from '../routes/router.ts'
import { authenticate, callerIp, headersOf } from './authenticate.ts'
import { answerOnce } from './idempotency.ts'

interface CallContext extends ApiContext {
  /** Left here by the interceptor, so that express writes every problem in one place. */
  failure?: unknown
}

/** The operations of the contract under /api/v1: who, may he, once only, then the handler. */
export function callRoutes(deps: ApiDeps): express.Router {
  const handler = new OpenAPIHandler<CallContext>(router, {
    interceptors: [
      async ({ next, context }) => {
        try {
          return await next()
        } catch (error) {
          context.failure = error
          return { matched: false, response: undefined }
        }
      },
    ],
    clientInterceptors: [
      ({ context, path, input, procedure, next }) => {
        const operation = path.join('.')
        const code = isOperation(operation) ? refusal(context.actor, operation) : 'forbidden'
        if (code) throw new CoreError(code)
        if (procedure['~orpc'].route.method !== 'POST') return next()
        return answerOnce(context, { operation, input }, next)
      },
    ],
  })
  const routes = express.Router()
  routes.use(refuseOtherTypes, express.json({ limit: '1mb', reviver: withoutNul }))
  routes.use(async (request, response, next) => {
    const headers = headersOf(request)
    const context: CallContext = { actor: await authenticate(deps, headers), deps, ip: callerIp(request), headers }
    response.set('cache-control', 'no-store')
    const { matched } = await handler.handle(request, response, { prefix: '/api/v1', context })
    if (matched) return
    next(context.failure ?? new CoreError('not_found', `There is no ${request.method} ${request.baseUrl}${request.path}.`))
  })
  return routes
}

function refuseOtherTypes(request: express.Request, _response: express.Response, next: express.NextFunction): void {
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
  if (hasBody && !request.is('application/json')) throw new CoreError('unsupported_type')
  // PostgreSQL text holds no NUL; bodies are cleaned, addresses have no honest use for it.
  if (request.originalUrl.includes('%00')) throw new CoreError('invalid_request', 'The address holds a NUL.')
  next()
}

function withoutNul(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\u0000', '') : value
}
