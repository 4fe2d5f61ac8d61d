import type { CallQuestion } from '../../core/connector/calling.ts'
import type { Decision } from '../../core/connector/connector.ts'
import type { HookReply, RawDelivery } from '../../core/connector/delivery.ts'
import { readFields } from './fields.ts'
import { international } from './numbers.ts'
import type { Settings } from './settings.ts'

const ownerRingsSeconds = 15

/** NOTIFY_START is the one event that waits for an answer. */
export function asks(request: RawDelivery): CallQuestion | undefined {
  const fields = readFields(request)
  if (fields.get('event') !== 'NOTIFY_START') return undefined
  const number = fields.get('caller_id')
  const dialled = fields.get('called_did')
  return { ...(number && { number: international(number) }), ...(dialled && { dialled: international(dialled) }) }
}

/** The client's name for the display of the phone, and who is rung first where the channel says so. Nothing to say is an empty answer. */
export function reply(_request: RawDelivery, settings: Settings, decision: Decision): HookReply {
  if (decision.kind !== 'call') return { status: 200 }
  const { contactName, ownerNumber, ring } = decision
  const isOwnerThere = ownerNumber !== undefined && ring.includes(ownerNumber)
  const answer = {
    ...(contactName !== undefined && { caller_name: contactName }),
    ...(settings.redirectToOwner && isOwnerThere && { redirect: ownerNumber, return_timeout: ownerRingsSeconds }),
  }
  if (Object.keys(answer).length === 0) return { status: 200 }
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(answer) }
}
