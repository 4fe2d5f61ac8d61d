import type { FormSubmitted, InboundEvent } from '../../core/connector/event.ts'
import type { IdentityClaim } from '../../core/connector/identity.ts'
import type { Lead } from './payloads.ts'

const roles: Record<string, string> = {
  first_name: 'firstName',
  last_name: 'lastName',
  patronymic_name: 'middleName',
  phone_number: 'phone',
  email: 'email',
}

/** A filled-in lead form. VK vouches for the account; what was typed is only claimed. */
export function readLead(lead: Lead): InboundEvent[] {
  const fields = lead.answers.map(({ key, question, answer }) => {
    const role = roles[key]
    return { key, field: { name: question || key, value: written(answer), ...(role && { as: role }) } }
  })
  const answerTo = (key: string) => fields.find((one) => one.key === key)?.field.value.trim() ?? ''
  const name = ['first_name', 'patronymic_name', 'last_name'].map(answerTo).filter(Boolean).join(' ')
  const typed = (kind: string, value: string): IdentityClaim[] => (value === '' ? [] : [{ kind, value, evidence: 'claimed' }])
  const account: IdentityClaim[] = (lead.user_id ?? 0) > 0 ? [{ kind: 'vk', value: String(lead.user_id), evidence: 'attested' }] : []
  const extra = Object.entries({ form_id: lead.form_id, ad_id: lead.ad_id }).filter((pair): pair is [string, string] => (pair[1] ?? '0') !== '0')
  const event: FormSubmitted = {
    type: 'form',
    medium: 'form',
    key: `lead:${lead.lead_id}`,
    from: {
      ...(name && { name }),
      identities: [...account, ...typed('phone', answerTo('phone_number')), ...typed('email', answerTo('email'))],
    },
    ...(lead.form_name && { topic: lead.form_name }),
    text: '',
    fields: fields.map(({ field }) => field),
    ...(extra.length > 0 ? { source: { extra: Object.fromEntries(extra) } } : {}),
  }
  return [event]
}

/** An answer is a text, or a list of them where several may be chosen; back-filled leads wrap each in `value`. */
function written(answer: unknown): string {
  if (Array.isArray(answer)) return answer.map(written).join(', ')
  if (typeof answer === 'object' && answer !== null && 'value' in answer) return written(answer.value)
  if (typeof answer === 'string' || typeof answer === 'number' || typeof answer === 'boolean') return String(answer)
  return ''
}
