import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId, nothing, pageOf, pageQuery } from './page.ts'
import { company, contact, identityRole, time } from './shapes.ts'
import { entryPage, timelineQuery } from './timeline.ts'

const json = z.record(z.string(), z.unknown())
const stage = z.enum(['lead', 'client'])
const address = { kind: z.string().min(1).max(100), value: z.string().min(1).max(500) }
const newIdentity = z.object({ ...address, role: identityRole.default('personal') })
const details = {
  stage: stage.optional(),
  ownerId: z.uuid().nullable().optional(),
  companyId: z.uuid().nullable().optional(),
  language: z.string().max(20).nullable().optional(),
  fields: json.optional().describe('null takes a field away'),
}
export const contactEdit = z.object({
  id: z.uuid(),
  contactId: z.uuid(),
  field: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  actorId: z.uuid().nullable(),
  at: time,
  mergeId: z.uuid().nullable(),
})
const share = z.object({ contactId: z.uuid(), userId: z.uuid(), userName: z.string(), sharedBy: z.uuid().nullable(), createdAt: time })
const shares = z.object({ items: z.array(share) })
const onIdentity = byId.extend({ identityId: z.uuid() })

export const contactsContract = {
  list: oc
    .route({ method: 'GET', path: '/contacts', summary: 'Cards, the latest touched first; with `query` the best match first' })
    .input(
      z.object({
        ...pageQuery,
        query: z.string().max(200).optional(),
        stage: stage.optional(),
        ownerId: z.uuid().optional(),
        companyId: z.uuid().optional(),
      }),
    )
    .output(pageOf(contact)),
  existing: oc
    .route({ method: 'GET', path: '/contacts/existing', summary: 'Who has this address already' })
    .input(z.object(address))
    .output(
      z.object({
        identity: z.object({ kind: z.string(), value: z.string() }).nullable(),
        reason: z.string().nullable().describe('why it can never be the address of a person'),
        contacts: z.array(contact),
        hidden: z.number().int().describe('cards that hold it and that you may not see'),
      }),
    ),
  create: oc
    .route({ method: 'POST', path: '/contacts', successStatus: 201 })
    .input(z.object({ name: z.string().max(300).default(''), ...details, identities: z.array(newIdentity).max(50).default([]) }))
    .output(contact),
  get: oc.route({ method: 'GET', path: '/contacts/{id}' }).input(byId).output(contact),
  update: oc
    .route({ method: 'PATCH', path: '/contacts/{id}' })
    .input(byId.extend({ name: z.string().max(300).optional(), ...details }))
    .output(contact),
  timeline: oc
    .route({ method: 'GET', path: '/contacts/{id}/timeline', summary: 'Everything over all channels, newest first' })
    .input(byId.extend(timelineQuery))
    .output(entryPage),
  edits: oc
    .route({ method: 'GET', path: '/contacts/{id}/edits', summary: 'History of the fields, newest first' })
    .input(byId.extend(pageQuery))
    .output(pageOf(contactEdit)),
  restoreEdit: oc
    .route({ method: 'POST', path: '/contacts/{id}/edits/{editId}/restore', summary: 'Set a field back to what it was before' })
    .input(byId.extend({ editId: z.uuid() }))
    .output(contact),
  addIdentity: oc
    .route({ method: 'POST', path: '/contacts/{id}/identities', successStatus: 201 })
    .input(byId.extend(newIdentity.shape))
    .output(contact),
  changeIdentity: oc
    .route({ method: 'PATCH', path: '/contacts/{id}/identities/{identityId}' })
    .input(onIdentity.extend({ role: identityRole.optional(), confirmed: z.boolean().optional().describe('it is really his') }))
    .output(contact),
  removeIdentity: oc.route({ method: 'DELETE', path: '/contacts/{id}/identities/{identityId}' }).input(onIdentity).output(contact),
  shares: oc.route({ method: 'GET', path: '/contacts/{id}/shares' }).input(byId).output(shares),
  share: oc
    .route({ method: 'POST', path: '/contacts/{id}/shares', successStatus: 201 })
    .input(byId.extend({ userId: z.uuid() }))
    .output(shares),
  revokeShare: oc
    .route({ method: 'DELETE', path: '/contacts/{id}/shares/{userId}' })
    .input(byId.extend({ userId: z.uuid() }))
    .output(shares),
  suggestCompany: oc
    .route({ method: 'GET', path: '/contacts/{id}/company-suggestions', summary: 'By the corporate domain of his e-mail' })
    .input(byId)
    .output(z.object({ items: z.array(z.object({ domain: z.string(), companies: z.array(company) })) })),
  previewMerge: oc
    .route({ method: 'GET', path: '/contacts/{id}/merge-preview' })
    .input(byId.extend({ intoId: z.uuid() }))
    .output(
      z.object({
        from: z.object({ contact, entries: z.number().int(), conversations: z.number().int(), leads: z.number().int() }),
        into: z.object({ contact, entries: z.number().int(), conversations: z.number().int(), leads: z.number().int() }),
        hidden: z.array(z.object({ field: z.string(), from: z.unknown(), into: z.unknown() })),
      }),
    ),
  merge: oc
    .route({ method: 'POST', path: '/contacts/{id}/merge', summary: 'Show this card as part of another; can be undone any day' })
    .input(byId.extend({ intoId: z.uuid() }))
    .output(z.object({ mergeId: z.uuid() })),
  merges: oc
    .route({ method: 'GET', path: '/contacts/{id}/merges' })
    .input(byId)
    .output(
      z.object({
        items: z.array(
          z.object({
            id: z.uuid(),
            fromId: z.uuid(),
            intoId: z.uuid(),
            actorId: z.uuid().nullable(),
            at: time,
            undoneAt: time.nullable(),
            undoneBy: z.uuid().nullable(),
          }),
        ),
      }),
    ),
}

export const mergesContract = {
  previewUndo: oc
    .route({ method: 'GET', path: '/merges/{id}/undo-preview' })
    .input(byId)
    .output(z.object({ fromId: z.uuid(), intoId: z.uuid(), at: time, edits: z.array(contactEdit).describe('stay with the surviving card') })),
  undo: oc
    .route({ method: 'POST', path: '/merges/{id}/undo' })
    .input(byId)
    .output(z.object({ from: contact, into: contact, edits: z.array(contactEdit).describe('stay with the surviving card') })),
}

export const suggestionsContract = {
  list: oc
    .route({ method: 'GET', path: '/suggestions', summary: 'Perhaps the same person' })
    .input(z.object({ ...pageQuery, contactId: z.uuid().optional() }))
    .output(
      pageOf(
        z.object({
          id: z.uuid(),
          first: contact,
          second: contact,
          reasons: z.array(z.looseObject({ identity: z.object({ kind: z.string(), value: z.string() }), evidence: z.string() })),
          status: z.enum(['open', 'merged', 'dismissed']),
          createdAt: time,
        }),
      ),
    ),
  accept: oc
    .route({ method: 'POST', path: '/suggestions/{id}/accept' })
    .input(byId.extend({ intoId: z.uuid().optional() }))
    .output(z.object({ mergeId: z.uuid() })),
  dismiss: oc.route({ method: 'POST', path: '/suggestions/{id}/dismiss' }).input(byId).output(nothing),
}
