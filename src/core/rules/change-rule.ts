import { type Caller, recordAudit } from '../access/audit.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { selectTemplate } from '../templates/template-store.ts'
import type { RuleFields, RuleView } from './rule.ts'
import { markRuleDeleted, saveRule, selectRule, setRulePaused } from './rule-store.ts'

interface Deps {
  pool: Pool
  directory: ChannelDirectory
}

/** Throws `not_found`; `invalid_request` for channels that are gone, or a form's answer without a channel to send it by. */
export async function saveRuleOf(deps: Deps, id: string | undefined, rule: RuleFields, caller: Caller): Promise<RuleView> {
  refuseUnknownChannels(deps.directory, rule)
  return await inTransaction(deps.pool, async (tx) => {
    if (id !== undefined) await selectRule(tx, id)
    await selectTemplate(tx, rule.templateId)
    const ruleId = id ?? newId()
    await saveRule(tx, ruleId, rule)
    await recordAudit(tx, caller, { action: id ? 'rule.changed' : 'rule.created', subject: ruleId, detail: rule })
    return await selectRule(tx, ruleId)
  })
}

function refuseUnknownChannels(directory: ChannelDirectory, rule: RuleFields): void {
  const named = [...(rule.channelId ? [rule.channelId] : []), ...rule.sendBy]
  if (named.some((id) => !directory.byId(id))) throw new CoreError('invalid_request', 'One of the channels is gone.')
  if (rule.trigger === 'form' && rule.sendBy.length === 0) throw new CoreError('invalid_request', 'Say by which channel the answer is sent.')
}

/** Throws `not_found`. */
export async function pauseRule({ pool }: { pool: Pool }, id: string, isPaused: boolean, caller: Caller): Promise<RuleView> {
  return await inTransaction(pool, async (tx) => {
    await selectRule(tx, id)
    await setRulePaused(tx, id, isPaused)
    await recordAudit(tx, caller, { action: isPaused ? 'rule.paused' : 'rule.resumed', subject: id })
    return await selectRule(tx, id)
  })
}

/** Throws `not_found`. What it did stays in its history. */
export async function deleteRule({ pool }: { pool: Pool }, id: string, caller: Caller): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { name } = await selectRule(tx, id)
    await markRuleDeleted(tx, id)
    await recordAudit(tx, caller, { action: 'rule.deleted', subject: id, detail: { name } })
  })
}
