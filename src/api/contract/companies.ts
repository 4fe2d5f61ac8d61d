import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId, pageOf, pageQuery } from './page.ts'
import { company } from './shapes.ts'
import { entryPage, timelineQuery } from './timeline.ts'

const details = {
  domain: z.string().max(253).nullable().optional(),
  ownerId: z.uuid().nullable().optional(),
  fields: z.record(z.string(), z.unknown()).optional().describe('null takes a field away'),
}
const name = z.string().trim().min(1).max(300)

export const companiesContract = {
  list: oc
    .route({ method: 'GET', path: '/companies', summary: 'By name; the people of one: /contacts?companyId=' })
    .input(z.object({ ...pageQuery, query: z.string().max(200).optional(), ownerId: z.uuid().optional() }))
    .output(pageOf(company)),
  create: oc
    .route({ method: 'POST', path: '/companies', successStatus: 201 })
    .input(z.object({ name, ...details }))
    .output(company),
  get: oc.route({ method: 'GET', path: '/companies/{id}' }).input(byId).output(company),
  update: oc
    .route({ method: 'PATCH', path: '/companies/{id}' })
    .input(byId.extend({ name: name.optional(), ...details }))
    .output(company),
  timeline: oc
    .route({ method: 'GET', path: '/companies/{id}/timeline', summary: 'Everything with its people, newest first' })
    .input(byId.extend(timelineQuery))
    .output(entryPage),
}
