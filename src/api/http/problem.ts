import { ORPCError } from '@orpc/server'
import type { Response } from 'express'
import { z } from 'zod'
import { CoreError, errorTable } from '../../core/errors.ts'
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

const issueList = z.object({ issues: z.array(z.looseObject({ message: z.string(), path: z.array(z.unknown()).optional() })) })
const bodyParserError = z.object({ type: z.string(), status: z.number() })

/** What the caller is told; what is not meant for callers becomes `internal`, without a word of its cause. */
export function toCoreError(error: unknown): CoreError {
  if (error instanceof CoreError) return error
  if (error instanceof CursorExpired) return new CoreError('cursor_expired', error.message)
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return invalidRequest(error)
  const parsing = bodyParserError.safeParse(error)
  if (parsing.data?.status === 413) return new CoreError('body_too_large')
  if (parsing.data?.status === 400) return new CoreError('invalid_request', 'The body is not valid JSON.')
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
  const issues = parsed.data.issues.map((issue) => ({ path: (issue.path ?? []).map(String).join('.'), message: issue.message }))
  const detail = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ')
  return new CoreError('invalid_request', detail, { issues })
}
