import { operations } from 'virtual:operations'
import { createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { JsonifiedClient } from '@orpc/openapi-client'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import type { contract } from '../../api/contract/contract.ts'
import { isRecord } from '../components/is-record.ts'

/** The page is being closed: what it sends last, as a message held back for its five seconds, outlives it. */
let isLeaving = false
window.addEventListener('pagehide', () => {
  isLeaving = true
})
window.addEventListener('pageshow', () => {
  isLeaving = false
})

/** oRPC reads `application/json` alone, and makes a file of any other body: problems come to it under that name. */
const link = new OpenAPILink(operations, {
  url: () => `${window.location.origin}/api/v1`,
  async fetch(request, init) {
    const answer = await globalThis.fetch(request, { ...init, keepalive: isLeaving })
    if (!answer.headers.get('content-type')?.startsWith('application/problem+json')) return answer
    return new Response(answer.body, { status: answer.status, headers: { 'content-type': 'application/json' } })
  },
  customErrorResponseBodyDecoder(body) {
    if (!isRecord(body) || typeof body.code !== 'string' || typeof body.status !== 'number') return undefined
    return new ORPCError(body.code, { status: body.status, message: String(body.detail ?? body.title), data: body })
  },
})

/** Every operation of the contract, typed. Throws ORPCError for problems (RFC 9457): their code, and all their members as `data`. */
export const api: JsonifiedClient<ContractRouterClient<typeof contract>> = createORPCClient(link)
