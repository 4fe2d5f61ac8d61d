import type { IncomingHttpHeaders } from 'node:http'
import type { NextFunction, Request, Response } from 'express'
import { CoreError } from '../../core/errors.ts'

const readOnly = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses requests that another site makes with the cookies of our user. Browsers send `Origin` with every POST, PUT, PATCH and DELETE
 * (Fetch standard §3.2); requests with an API key carry no cookies and may come from anywhere.
 */
export function originCheck(publicUrl: string) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    const isFine = readOnly.has(request.method) || isOurOrigin(publicUrl, request.headers)
    next(isFine ? undefined : new CoreError('origin_refused', `This hub is not ${request.headers.origin}.`))
  }
}

/** True also for who sends no Origin (no browser), or an API key. The hub may be reached under several hosts: the one that was asked is ours. */
export function isOurOrigin(publicUrl: string, { origin, host, authorization }: IncomingHttpHeaders): boolean {
  if (authorization !== undefined || origin === undefined || origin === new URL(publicUrl).origin) return true
  return URL.canParse(origin) && new URL(origin).host === host
}
