import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId, pageOf, pageQuery } from './page.ts'
import { language } from './settings.ts'
import { time } from './shapes.ts'

export const role = z.enum(['operator', 'reviewer', 'manager', 'integrator', 'admin'])

export const user = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role,
  ownClientsOnly: z.boolean(),
  language,
  twoFactor: z.boolean(),
  teamIds: z.array(z.uuid()),
  disabledAt: time.nullable(),
  createdAt: time,
})
export type UserShape = z.infer<typeof user>

const count = z.number().int()
const work = z.object({ contacts: count, companies: count, conversations: count, waiting: count, leads: count, tasks: count })
const name = z.string().trim().min(1).max(200)
const teamIds = z.array(z.uuid()).max(100)
const withPassword = z.object({ user, temporaryPassword: z.string().describe('shown once; the user changes it after signing in') })

export const usersContract = {
  list: oc.route({ method: 'GET', path: '/users' }).input(z.object(pageQuery)).output(pageOf(user)),
  get: oc.route({ method: 'GET', path: '/users/{id}' }).input(byId).output(user),
  create: oc
    .route({ method: 'POST', path: '/users', successStatus: 201 })
    .input(
      z.object({
        name,
        email: z.email().max(320),
        role,
        ownClientsOnly: z.boolean().default(false),
        language: language.optional(),
        teamIds: teamIds.default([]),
      }),
    )
    .output(withPassword),
  update: oc
    .route({ method: 'PATCH', path: '/users/{id}' })
    .input(
      byId.extend({
        name: name.optional(),
        role: role.optional(),
        ownClientsOnly: z.boolean().optional(),
        language: language.optional(),
        teamIds: teamIds.optional(),
      }),
    )
    .output(user),
  disable: oc.route({ method: 'POST', path: '/users/{id}/disable', summary: 'Out at once: sessions and sockets end' }).input(byId).output(user),
  enable: oc.route({ method: 'POST', path: '/users/{id}/enable' }).input(byId).output(user),
  work: oc.route({ method: 'GET', path: '/users/{id}/work', summary: 'What he has in hand' }).input(byId).output(work),
  handOver: oc
    .route({
      method: 'POST',
      path: '/users/{id}/hand-over',
      summary: 'Everything he has in hand goes to a colleague, or (null) back to be shared out; with switchOff he is out at once',
    })
    .input(byId.extend({ toUserId: z.uuid().nullable(), switchOff: z.boolean().default(true) }))
    .output(z.object({ user, moved: work })),
  resetPassword: oc
    .route({ method: 'POST', path: '/users/{id}/reset-password', summary: 'A new temporary password; second factor and sessions end' })
    .input(byId)
    .output(withPassword),
}
