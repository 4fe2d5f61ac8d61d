import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId } from './page.ts'

const number = z.object({
  channelId: z.uuid().nullable().describe('null: on every channel'),
  value: z.string().trim().min(1).max(200).describe('extension, SIP name or phone, as the PBX writes it'),
})
const numbers = z.object({ items: z.array(number.extend({ userId: z.uuid() })) })

export const numbersContract = {
  list: oc.route({ method: 'GET', path: '/user-numbers', summary: 'By what PBXs know our users' }).output(numbers),
  save: oc
    .route({ method: 'PUT', path: '/users/{id}/numbers', summary: 'All numbers of a user; 409 when a colleague has one of them' })
    .input(byId.extend({ items: z.array(number).max(50) }))
    .output(numbers),
  phones: oc
    .route({ method: 'GET', path: '/channels/{id}/phones', summary: 'Whom the PBX knows; 422 unsupported where it does not tell' })
    .input(byId)
    .output(z.object({ items: z.array(z.object({ number: z.string(), name: z.string().optional(), email: z.string().optional() })) })),
}

const text = z.string().trim().max(200).nullable().default(null)
const address = z.object({
  value: z.string().trim().min(1).max(300),
  name: text,
  source: text.describe('the campaign behind it: where it is printed'),
  teamId: z.uuid().nullable().default(null).describe('whose calls of it are'),
})
const addresses = z.object({ items: z.array(address) })

export const addressesContract = {
  list: oc
    .route({ method: 'GET', path: '/channels/{id}/addresses', summary: 'Our numbers and aliases behind a channel' })
    .input(byId)
    .output(addresses),
  save: oc
    .route({ method: 'PUT', path: '/channels/{id}/addresses', summary: 'All of them anew' })
    .input(byId.extend({ items: z.array(address).max(2000) }))
    .output(addresses),
}
