import type { Role, Scope } from '../../core/access/actor.ts'
import type { LiveEventType } from '../../core/realtime/live-event.ts'
import { connectors, everyone, leaders, readers } from './rule.ts'

export interface EventRule {
  roles: readonly Role[]
  /** What an API key that is narrowed to scopes needs, besides `events:read`. */
  scope: Scope
  /** `card`: who sees only his own clients gets it for those alone. `self`: it is meant for the user named as its subject. */
  only?: 'card' | 'self'
}

const ofClients = { roles: readers, scope: 'clients:read', only: 'card' } as const

/** Who hears which live event: over the socket and in /events alike. */
export const eventPolicies: Record<LiveEventType, EventRule> = {
  'entry.created': ofClients,
  'entry.changed': ofClients,
  'call.changed': ofClients,
  'call.joined': ofClients,
  'contact.created': ofClients,
  'contact.changed': ofClients,
  'conversation.changed': ofClients,
  'lead.created': ofClients,
  'lead.changed': ofClients,
  'suggestion.changed': ofClients,
  'conversation.offered': ofClients,
  'task.changed': ofClients,
  'task.due': { roles: readers, scope: 'clients:read', only: 'self' },
  'presence.changed': { roles: everyone, scope: 'people:read' },
  'routing.changed': { roles: everyone, scope: 'people:read' },
  'work.handed_over': { roles: everyone, scope: 'people:read' },
  'draft.changed': { roles: readers, scope: 'clients:read', only: 'self' },
  'quarantine.changed': { roles: readers, scope: 'clients:read' },
  // Many cards at once, without a word of what is on them.
  'contacts.changed': { roles: readers, scope: 'clients:read' },
  'import.changed': { roles: leaders, scope: 'clients:write' },
  'export.changed': { roles: leaders, scope: 'clients:read', only: 'self' },
  'channel.changed': { roles: everyone, scope: 'channels:read' },
  'user.changed': { roles: everyone, scope: 'people:read' },
  'delivery.changed': { roles: connectors, scope: 'deliveries:read' },
  'webhook.changed': { roles: connectors, scope: 'channels:read' },
  'replay.changed': { roles: connectors, scope: 'deliveries:read' },
  'refusal.created': { roles: connectors, scope: 'deliveries:read' },
}
