import type { NextFunction, Request, Response } from 'express'
import { CoreError } from '../../core/errors.ts'

const readOnly = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses requests that another site makes with the cookies of our user. Browsers send `Origin` with every POST, PUT, PATCH and DELETE
 * (Fetch standard §3.2); requests with an API key carry no cookies and may come from anywhere.
 */
export function originCheck(publicUrl: string) {
  const ours = new URL(publicUrl).origin
  return (request: Request, _response: Response, next: NextFunction): void => {
    const origin = request.get('origin')
    const bears = request.headers.authorization !== undefined
    const isOurs = readOnly.has(request.method) || bears || !origin || origin === ours || hostOf(origin) === request.get('host')
    next(isOurs ? undefined : new CoreError('origin_refused', `This hub is not ${origin}.`))
  }
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
