import { implement } from '@orpc/server'
import { suggestCompany } from '../../core/companies/suggest-company.ts'
import { addIdentity, changeIdentity, removeIdentity } from '../../core/contacts/change-identities.ts'
import { createContact } from '../../core/contacts/create-contact.ts'
import { acceptSuggestion, dismissSuggestion } from '../../core/contacts/decide-suggestion.ts'
import { editContact } from '../../core/contacts/edit-contact.ts'
import { findExisting } from '../../core/contacts/find-existing.ts'
import { listContacts } from '../../core/contacts/list-contacts.ts'
import { listEdits } from '../../core/contacts/list-edits.ts'
import { listSuggestions } from '../../core/contacts/list-suggestions.ts'
import { mergeContacts } from '../../core/contacts/merge-contacts.ts'
import { noteViewing } from '../../core/contacts/note-viewing.ts'
import { listMerges, previewMerge, previewUndo } from '../../core/contacts/preview-merge.ts'
import { readContact } from '../../core/contacts/read-contact.ts'
import { restoreEdit } from '../../core/contacts/restore-edit.ts'
import { listShares, revokeShare, shareContact } from '../../core/contacts/share-contact.ts'
import { undoMerge } from '../../core/contacts/undo-merge.ts'
import { readContactTimeline } from '../../core/timeline/read-timeline.ts'
import { contactsContract, mergesContract, suggestionsContract } from '../contract/contacts.ts'
import type { ApiContext } from './context.ts'
import { timelineInput } from './timeline.ts'

const contacts = implement(contactsContract).$context<ApiContext>()
const merges = implement(mergesContract).$context<ApiContext>()
const suggestions = implement(suggestionsContract).$context<ApiContext>()

export const contactsRoutes = contacts.router({
  list: contacts.list.handler(({ input, context }) => listContacts(context.deps, context.actor, input)),
  existing: contacts.existing.handler(({ input, context }) => findExisting(context.deps, context.actor, input)),
  create: contacts.create.handler(({ input, context }) => createContact(context.deps, { ...input, stage: input.stage ?? 'lead' }, context)),
  get: contacts.get.handler(async ({ input, context }) => {
    const contact = await readContact(context.deps, context.actor, input.id)
    await noteViewing(context.deps, input.id, context)
    return contact
  }),
  update: contacts.update.handler(({ input: { id, ...patch }, context }) => editContact(context.deps, id, patch, context)),
  timeline: contacts.timeline.handler(async ({ input, context }) => {
    const page = await readContactTimeline(context.deps, context.actor, input.id, timelineInput(input))
    await noteViewing(context.deps, input.id, context)
    return page
  }),
  edits: contacts.edits.handler(({ input, context }) => listEdits(context.deps, context.actor, input.id, input)),
  restoreEdit: contacts.restoreEdit.handler(({ input, context }) => restoreEdit(context.deps, input.editId, context)),
  addIdentity: contacts.addIdentity.handler(({ input: { id, ...given }, context }) => addIdentity(context.deps, id, given, context)),
  changeIdentity: contacts.changeIdentity.handler(({ input, context }) =>
    changeIdentity(context.deps, input.id, input.identityId, { role: input.role, isConfirmed: input.confirmed }, context),
  ),
  removeIdentity: contacts.removeIdentity.handler(({ input, context }) => removeIdentity(context.deps, input.id, input.identityId, context)),
  shares: contacts.shares.handler(async ({ input, context }) => ({ items: await listShares(context.deps, input.id, context) })),
  share: contacts.share.handler(async ({ input, context }) => ({ items: await shareContact(context.deps, input.id, input.userId, context) })),
  revokeShare: contacts.revokeShare.handler(async ({ input, context }) => ({
    items: await revokeShare(context.deps, input.id, input.userId, context),
  })),
  suggestCompany: contacts.suggestCompany.handler(async ({ input, context }) => ({
    items: await suggestCompany(context.deps, context.actor, input.id),
  })),
  previewMerge: contacts.previewMerge.handler(({ input, context }) =>
    previewMerge(context.deps, { fromId: input.id, intoId: input.intoId }, context.actor),
  ),
  merge: contacts.merge.handler(({ input, context }) => mergeContacts(context.deps, { fromId: input.id, intoId: input.intoId }, context)),
  merges: contacts.merges.handler(async ({ input, context }) => ({ items: await listMerges(context.deps, input.id, context.actor) })),
})

export const mergesRoutes = merges.router({
  previewUndo: merges.previewUndo.handler(async ({ input, context }) => {
    const { merge, edits } = await previewUndo(context.deps, input.id, context.actor)
    return { fromId: merge.fromId, intoId: merge.intoId, at: merge.at, edits }
  }),
  undo: merges.undo.handler(({ input, context }) => undoMerge(context.deps, input.id, context)),
})

export const suggestionsRoutes = suggestions.router({
  list: suggestions.list.handler(({ input, context }) => listSuggestions(context.deps, context.actor, input)),
  accept: suggestions.accept.handler(({ input, context }) => acceptSuggestion(context.deps, input.id, input.intoId, context)),
  dismiss: suggestions.dismiss.handler(async ({ input, context }) => {
    await dismissSuggestion(context.deps, input.id, context)
    return {}
  }),
})
