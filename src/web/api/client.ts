import './no-eval.ts'
import { createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { JsonifiedClient } from '@orpc/openapi-client'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { z } from 'zod'
import { contract } from '../../api/contract/contract.ts'

const problem = z.looseObject({ code: z.string(), title: z.string(), status: z.number(), detail: z.string().optional() })

/** oRPC reads `application/json` alone, and makes a file of any other body: problems come to it under that name. */
const link = new OpenAPILink(contract, {
  url: () => `${window.location.origin}/api/v1`,
  async fetch(request, init) {
    const answer = await globalThis.fetch(request, init)
    if (!answer.headers.get('content-type')?.startsWith('application/problem+json')) return answer
    return new Response(answer.body, { status: answer.status, headers: { 'content-type': 'application/json' } })
  },
  customErrorResponseBodyDecoder(body) {
    const { data } = problem.safeParse(body)
    return data && new ORPCError(data.code, { status: data.status, message: data.detail ?? data.title, data })
  },
})

/** Every operation of the contract, typed. Throws ORPCError for problems (RFC 9457): their code, and all their members as `data`. */
export const api: JsonifiedClient<ContractRouterClient<typeof contract>> = createORPCClient(link)
