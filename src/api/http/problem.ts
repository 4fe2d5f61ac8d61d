import { ORPCError } from '@orpc/server'
import type { Response } from 'express'
import { z } from 'zod'
import { CoreError, errorTable } from '../../core/errors.ts'
import { FileMissing } from '../../core/files/file-missing.ts'
import { CursorExpired } from '../../core/realtime/live-event.ts'

/** RFC 9457. `code` is stable; `type` is made of it. Members of the error stand beside them. */
export interface Problem {
  type: string
  title: string
  status: number
  code: string
  detail?: string
  [member: string]: unknown
}

const issueList = z.object({
  issues: z.array(z.looseObject({ code: z.string().optional(), message: z.string(), path: z.array(z.unknown()).optional() })),
})
/** What express and its parsers throw of a request that is not sound. */
const httpError = z.object({ type: z.string().optional(), status: z.number().min(400).max(499) })

/** What the caller is told; what is not meant for callers becomes `internal`, without a word of its cause. */
export function toCoreError(error: unknown): CoreError {
  if (error instanceof CoreError) return error
  if (error instanceof FileMissing) return new CoreError('not_found', 'The file is no longer in storage.')
  if (error instanceof CursorExpired) return new CoreError('cursor_expired', error.message)
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return invalidRequest(error)
  const refused = httpError.safeParse(error).data
  if (refused?.status === 413) return new CoreError('body_too_large')
  if (refused?.status === 404) return new CoreError('not_found')
  if (refused?.status === 415) return new CoreError('unsupported_type')
  if (refused?.type !== undefined) return new CoreError('invalid_request', 'The body is not valid JSON.')
  if (refused) return new CoreError('invalid_request', 'The address or a header of the request cannot be read.')
  return new CoreError('internal', undefined, {}, { cause: error })
}

export function presentProblem(error: CoreError): Problem {
  const { code, status, detail, members } = error
  return { ...members, type: `urn:switchboard:problem:${code}`, title: errorTable[code].title, status, code, ...(detail ? { detail } : {}) }
}

export function sendProblem(response: Response, error: CoreError): void {
  const { retryAfterSeconds: retryAfter } = error.members
  if (typeof retryAfter === 'number') response.set('retry-after', String(retryAfter))
  response
    .status(error.status)
    .type('application/problem+json')
    .send(JSON.stringify(presentProblem(error)))
}

function invalidRequest(error: ORPCError<string, unknown>): CoreError {
  const parsed = issueList.safeParse(error.data)
  if (!parsed.success) return new CoreError('invalid_request', error.message)
  const issues = parsed.data.issues.map(({ code, path, message }) => ({ path: (path ?? []).map(String).join('.'), code, message }))
  const detail = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ')
  return new CoreError('invalid_request', detail, { issues })
}
