import express from 'express'
import helmet from 'helmet'
import type { Registry } from 'prom-client'
import { callerIpHeader } from '../core/access/caller-ip.ts'
import { CoreError } from '../core/errors.ts'
import { callerIp } from './http/authenticate.ts'
import { callRoutes } from './http/call.ts'
import { consoleRoutes } from './http/console.ts'
import { docsRoutes } from './http/docs.ts'
import { embedRoutes } from './http/embeds.ts'
import { healthRoutes } from './http/health.ts'
import { watchHealth } from './http/health-metrics.ts'
import { watchHub } from './http/hub-metrics.ts'
import { originCheck } from './http/origin-check.ts'
import { sendProblem, toCoreError } from './http/problem.ts'
import { publicFileRoutes } from './http/public-files.ts'
import type { ApiDeps } from './routes/context.ts'
import { rawRoutes } from './routes/raw.ts'
import { visitorRoutes } from './visitors/visitor-routes.ts'

export interface ApiOptions extends ApiDeps {
  metrics: Registry
  /** What express calls "trust proxy". */
  trustProxy: false | number | string[]
  /** Folder of the built console; absent: API only. */
  consoleFolder?: string
}

/** Everything that is HTTP but not the intake door: health, sign-in, API, docs, console. Pure wiring; listens to nothing. */
export function createApi(options: ApiOptions): express.Application {
  const app = express()
  app.set('trust proxy', options.trustProxy)
  app.set('etag', false)
  app.use(helmet(headersFor(options.publicUrl)))
  watchHub(options)
  watchHealth(options)
  app.use(healthRoutes(options), publicFileRoutes(options), embedRoutes(options), visitorRoutes(options))
  app.use('/api', originCheck(options.publicUrl))
  app.all('/api/auth/*path', async (request, response) => {
    request.headers[callerIpHeader] = callerIp(request)
    await options.signIn.handle(request, response)
  })
  app.use('/api', docsRoutes(options.publicUrl))
  app.use('/api/v1', rawRoutes(options), callRoutes(options))
  app.use('/api', (request, _response, next) => next(new CoreError('not_found', `There is no ${request.method} ${request.originalUrl}.`)))
  if (options.consoleFolder) app.use(consoleRoutes(options.consoleFolder))
  app.use((error: unknown, request: express.Request, response: express.Response, next: express.NextFunction) => {
    const told = toCoreError(error)
    if (told.code === 'internal') options.logger.error({ method: request.method, path: request.path, error: describe(error) }, 'request failed')
    if (response.headersSent) return next(error)
    sendProblem(response, told)
  })
  return app
}

/** Only this origin; styles may be inline (the console's widgets set them), letters show pictures from data: and blob:. */
function headersFor(publicUrl: string): Parameters<typeof helmet>[0] {
  const isSecure = publicUrl.startsWith('https:')
  return {
    strictTransportSecurity: isSecure,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'", ...socketOrigins(publicUrl)],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
  }
}

/** Safari before 15.4 does not count the socket as 'self'. */
function socketOrigins(publicUrl: string): string[] {
  return [new URL(publicUrl).origin.replace(/^http/, 'ws')]
}

function describe(error: unknown): string {
  const cause = error instanceof CoreError && error.cause !== undefined ? error.cause : error
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}
