import type { Actor } from '../access/actor.ts'
import type { Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { ContactView } from './contact.ts'
import { type ContactEditView, presentEdit } from './list-edits.ts'
import { countBelongings, type MergeRow, selectMerge, selectMergesOf, selectStayingEdits } from './merge-store.ts'
import { presentContacts } from './present-contact.ts'
import { requireCard } from './visible-contacts.ts'

interface Deps {
  pool: Pool
}

export interface PreviewedCard {
  contact: ContactView
  entries: number
  conversations: number
  leads: number
}

export interface MergePreview {
  from: PreviewedCard
  into: PreviewedCard
  /** Fields that differ: `into` is shown, the other is kept and comes back with the undo. */
  hidden: { field: string; from: unknown; into: unknown }[]
}

export type MergeView = Omit<MergeRow, 'at' | 'undoneAt'> & { at: string; undoneAt: string | null }

/** Both cards side by side, before anything is done. Throws `not_found`, `already_merged`. */
export async function previewMerge({ pool }: Deps, merge: { fromId: string; intoId: string }, actor: Actor): Promise<MergePreview> {
  const from = await previewCard(pool, actor, merge.fromId)
  const into = await previewCard(pool, actor, await requireCard(pool, actor, merge.intoId))
  if (from.contact.mergedIntoId !== null || from.contact.cardId === into.contact.id) throw new CoreError('already_merged')
  return { from, into, hidden: differences(from.contact, into.contact) }
}

/** What an undo will leave on which card. Throws `not_found`, `not_merged`. */
export async function previewUndo({ pool }: Deps, mergeId: string, actor: Actor): Promise<{ merge: MergeView; edits: ContactEditView[] }> {
  const merge = await selectMerge(pool, mergeId)
  await requireCard(pool, actor, merge.fromId)
  if (merge.undoneAt !== null) throw new CoreError('not_merged')
  return { merge: presentMerge(merge), edits: (await selectStayingEdits(pool, merge)).map(presentEdit) }
}

/** The merges of a card, the newest first, undone ones too. Throws `not_found`. */
export async function listMerges({ pool }: Deps, contactId: string, actor: Actor): Promise<MergeView[]> {
  const cardId = await requireCard(pool, actor, contactId)
  return (await selectMergesOf(pool, cardId)).map(presentMerge)
}

async function previewCard(pool: Pool, actor: Actor, id: string): Promise<PreviewedCard> {
  await requireCard(pool, actor, id)
  const [contact] = await presentContacts(pool, [id])
  if (!contact) throw new CoreError('not_found')
  return { contact, ...(await countBelongings(pool, id)) }
}

function differences(from: ContactView, into: ContactView): MergePreview['hidden'] {
  const plain = (['name', 'stage', 'ownerId', 'companyId', 'language'] as const).map((field) => ({ field, from: from[field], into: into[field] }))
  const fields = Object.entries(from.fields).map(([name, value]) => ({ field: `fields.${name}`, from: value, into: into.fields[name] ?? null }))
  return [...plain, ...fields].filter(({ from: a, into: b }) => a !== null && a !== '' && JSON.stringify(a) !== JSON.stringify(b))
}

function presentMerge(row: MergeRow): MergeView {
  return { ...row, at: row.at.toISOString(), undoneAt: row.undoneAt?.toISOString() ?? null }
}
