import { actorId } from '../access/actor.ts'
import { type Caller, recordAudit } from '../access/audit.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { type TemplateView, unknownVariables } from './template.ts'
import { markTemplateDeleted, replaceFiles, rulesSending, saveTemplate, selectTemplate, type TemplateFields } from './template-store.ts'

export type TemplateChange = { [Field in keyof TemplateFields]?: TemplateFields[Field] | undefined } & { fileIds?: string[] | undefined }

const empty: TemplateFields = { name: '', subject: '', text: '', language: null, teamId: null }

/** A new template without `id`, else a changed one; absent fields stay. Throws `not_found`; `invalid_request` for variables and files that are not there. */
export async function changeTemplate(
  { pool }: { pool: Pool },
  id: string | undefined,
  change: TemplateChange,
  caller: Caller,
): Promise<TemplateView> {
  return await inTransaction(pool, async (tx) => {
    const before = id === undefined ? empty : await selectTemplate(tx, id)
    const fields = {
      name: change.name ?? before.name,
      subject: change.subject ?? before.subject,
      text: change.text ?? before.text,
      language: change.language === undefined ? before.language : change.language,
      teamId: change.teamId === undefined ? before.teamId : change.teamId,
    }
    const unknown = unknownVariables(`${fields.subject} ${fields.text}`)
    if (unknown.length > 0) throw new CoreError('invalid_request', `There is no variable ${unknown.join(', ')}.`, { unknownVariables: unknown })
    const templateId = id ?? newId()
    await saveTemplate(tx, templateId, fields)
    if (change.fileIds) await replaceFiles(tx, templateId, [...new Set(change.fileIds)], actorId(caller.actor))
    await recordAudit(tx, caller, { action: id ? 'template.changed' : 'template.created', subject: templateId, detail: { name: fields.name } })
    return await selectTemplate(tx, templateId)
  })
}

/** Throws `not_found`; `conflict` while a rule sends it. */
export async function deleteTemplate({ pool }: { pool: Pool }, id: string, caller: Caller): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { name } = await selectTemplate(tx, id)
    const rules = await rulesSending(tx, id)
    if (rules.length > 0) throw new CoreError('conflict', `A rule sends it: ${rules.join(', ')}.`)
    await markTemplateDeleted(tx, id)
    await recordAudit(tx, caller, { action: 'template.deleted', subject: id, detail: { name } })
  })
}
