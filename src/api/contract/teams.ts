import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId, nothing, pageOf, pageQuery } from './page.ts'
import { time } from './shapes.ts'

export const team = z.object({ id: z.uuid(), name: z.string(), memberIds: z.array(z.uuid()), createdAt: time })
const teamName = z.string().trim().min(1).max(100)
const memberIds = z.array(z.uuid()).max(1000)

export const teamsContract = {
  list: oc.route({ method: 'GET', path: '/teams' }).input(z.object(pageQuery)).output(pageOf(team)),
  create: oc
    .route({ method: 'POST', path: '/teams', successStatus: 201 })
    .input(z.object({ name: teamName, memberIds: memberIds.default([]) }))
    .output(team),
  get: oc.route({ method: 'GET', path: '/teams/{id}' }).input(byId).output(team),
  update: oc
    .route({ method: 'PATCH', path: '/teams/{id}' })
    .input(byId.extend({ name: teamName.optional(), memberIds: memberIds.optional() }))
    .output(team),
  delete: oc.route({ method: 'DELETE', path: '/teams/{id}' }).input(byId).output(nothing),
}
