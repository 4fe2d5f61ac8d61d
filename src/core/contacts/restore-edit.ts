import type { Caller } from '../access/audit.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import type { ContactView } from './contact.ts'
import { patchOf } from './contact-patch.ts'
import { selectEdit } from './contact-store.ts'
import { editCard } from './edit-contact.ts'
import { requireCard } from './visible-contacts.ts'

/** Sets a field back to what it was before an edit; itself an edit, so it can be taken back too. Throws `not_found`. */
export async function restoreEdit({ pool }: { pool: Pool }, editId: string, caller: Caller): Promise<ContactView> {
  return await inTransaction(pool, async (tx) => {
    const edit = await selectEdit(tx, editId)
    await requireCard(tx, caller.actor, edit.contactId)
    return await editCard(tx, edit.contactId, patchOf(edit.field, edit.before), caller)
  })
}
