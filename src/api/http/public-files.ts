import express from 'express'
import { z } from 'zod'
import { createThrottle, type ThrottleRule } from '../../core/access/throttle.ts'
import { openPublic } from '../../core/attachments/open-public.ts'
import { CoreError } from '../../core/errors.ts'
import type { ApiDeps } from '../routes/context.ts'
import { sendRange } from '../routes/send-range.ts'
import { callerIp } from './authenticate.ts'

const place = z.object({ id: z.uuid(), until: z.coerce.number<string>().int(), signature: z.string().max(100) })

/** A vendor fetches a file a few times, in ranges perhaps; who guesses addresses gets few tries. */
const perFile: ThrottleRule = { window: 60, max: 60 }
const perWrongCaller: ThrottleRule = { window: 60, max: 30 }

/** /files/<id>/<until>/<signature>/<name>: a file that we sent, for the vendor that was given its address. No session, no cookie, nothing that runs. */
export function publicFileRoutes(deps: Pick<ApiDeps, 'pool' | 'files' | 'vault'>): express.Router {
  const routes = express.Router()
  const throttle = createThrottle()
  const wrong = createThrottle()
  routes.get('/files/:id/:until/:signature/:name', async (request, response) => {
    const caller = callerIp(request)
    const asked = place.safeParse(request.params).data
    if (!asked || !throttle(asked.id, perFile).allowed) throw new CoreError(asked ? 'too_many_requests' : 'not_found')
    const opened = await openPublic(deps, asked).catch((error: unknown) => {
      throw wrong(caller, perWrongCaller).allowed ? error : new CoreError('too_many_requests')
    })
    response.set({
      'content-type': opened.type,
      // The name came from outside: it stays out of the header, what follows the last slash of the address is ours.
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'private, max-age=3600',
      'x-robots-tag': 'noindex',
      'accept-ranges': 'bytes',
    })
    await sendRange(request, response, opened)
  })
  return routes
}
