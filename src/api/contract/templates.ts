import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId, nothing } from './page.ts'
import { time } from './shapes.ts'

const file = z.object({ id: z.uuid(), name: z.string(), type: z.string(), size: z.number().int().describe('bytes') })

export const template = z.object({
  id: z.uuid(),
  name: z.string(),
  subject: z.string(),
  text: z.string(),
  language: z.enum(['ru', 'en']).nullable(),
  teamId: z.uuid().nullable().describe('null: for everybody'),
  files: z.array(file),
  updatedAt: time,
})

const fields = {
  name: z.string().trim().min(1).max(100),
  subject: z.string().trim().max(500),
  text: z
    .string()
    .trim()
    .min(1)
    .max(20_000)
    .describe('{{contact.firstName}}, or with what stands there when it is not known: {{contact.firstName|colleague}}'),
  language: z.enum(['ru', 'en']).nullable(),
  teamId: z.uuid().nullable(),
  fileIds: z.array(z.uuid()).max(10).describe('uploads of the caller, or files it has already'),
}

export const templatesContract = {
  list: oc
    .route({ method: 'GET', path: '/templates', summary: 'By name; with `mine` those of my teams and of everybody' })
    .input(z.object({ mine: z.stringbool().optional() }))
    .output(z.object({ items: z.array(template), variables: z.array(z.string()) })),
  create: oc
    .route({ method: 'POST', path: '/templates', successStatus: 201 })
    .input(
      z.object({
        ...fields,
        subject: fields.subject.default(''),
        language: fields.language.default(null),
        teamId: fields.teamId.default(null),
        fileIds: fields.fileIds.default([]),
      }),
    )
    .output(template),
  update: oc
    .route({ method: 'PATCH', path: '/templates/{id}' })
    .input(byId.extend(z.object(fields).partial().shape))
    .output(template),
  delete: oc.route({ method: 'DELETE', path: '/templates/{id}' }).input(byId).output(nothing),
  fill: oc
    .route({ method: 'POST', path: '/templates/{id}/fill', summary: 'The text as this client would read it, its files ready to be sent' })
    .input(byId.extend({ contactId: z.uuid() }))
    .output(z.object({ subject: z.string(), text: z.string(), attachments: z.array(file) })),
}
