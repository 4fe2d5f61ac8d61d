import './no-eval.ts'
import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { JsonifiedClient } from '@orpc/openapi-client'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { contract } from '../../api/contract/contract.ts'

const link = new OpenAPILink(contract, { url: () => `${window.location.origin}/api/v1` })

/** Every operation of the contract, typed. Throws ORPCError for problems. */
export const api: JsonifiedClient<ContractRouterClient<typeof contract>> = createORPCClient(link)
