import type { LiveItem } from './live-item.ts'

/** Which cached queries a live event makes old. Only those that are on screen are loaded again. */
export function invalidatedBy(item: LiveItem): unknown[][] {
  const subject = item.type.split('.')[0]
  switch (subject) {
    case 'entry':
    case 'conversation':
      return [['waiting'], ['timeline'], ['conversations'], ['rules']]
    case 'contact':
    case 'suggestion':
      return [['contacts'], ['card'], ['waiting']]
    case 'call':
      return item.type === 'call.joined' ? [['calls'], ['timeline'], ['waiting']] : callChanged(item)
    case 'task':
      return [['tasks']]
    case 'presence':
      return [['presence']]
    case 'routing':
      return [['routing'], ['waiting'], ['conversations']]
    case 'work':
      return [['waiting'], ['conversations'], ['contacts'], ['leads'], ['tasks'], ['card'], ['users']]
    case 'lead':
      return [['leads'], ['card']]
    case 'contacts':
      return [['contacts'], ['card'], ['companies'], ['leads'], ['waiting'], ['conversations'], ['timeline']]
    case 'import':
      return [['imports']]
    case 'export':
      return [['exports']]
    case 'channel':
      return [['channels']]
    case 'delivery':
      return [['deliveries'], ['channels']]
    case 'replay':
      return [['replays']]
    case 'refusal':
      return [['refusals']]
    case 'quarantine':
      return [['quarantine']]
    case 'webhook':
      return [['webhooks']]
    case 'user':
      return [['users']]
    default:
      return []
  }
}

/** A running call tells of itself every few seconds: calls of other clients on screen are left alone. Those of his own may be called back by it. */
function callChanged({ subjectId, contactId }: LiveItem): unknown[][] {
  return [['calls', 'list'], ['calls', 'one', subjectId], ['calls', 'of client', contactId], ['candidates', subjectId], ['waiting']]
}
