import { connectors, everyone, type Rule, readers, workers } from './rule.ts'

/** Channels and what they bring. Keys, hook addresses and settings are shown to `connectors` alone, also in `channels.list`. */
export const channelPolicies = {
  'connectors.list': { roles: everyone, scope: 'channels:read' },
  'connectors.get': { roles: connectors, scope: 'channels:read' },
  'channels.list': { roles: everyone, scope: 'channels:read' },
  'channels.get': { roles: everyone, scope: 'channels:read' },
  'channels.create': { roles: connectors, scope: 'channels:write' },
  'channels.update': { roles: connectors, scope: 'channels:write' },
  'channels.delete': { roles: connectors, scope: 'channels:write' },
  'channels.pause': { roles: connectors, scope: 'channels:write' },
  'channels.resume': { roles: connectors, scope: 'channels:write' },
  'channels.check': { roles: connectors, scope: 'channels:write' },
  'channels.test': { roles: connectors, scope: 'channels:write' },
  'channels.suggest': { roles: connectors, scope: 'channels:write' },
  'channels.startConsent': { roles: connectors, scope: 'channels:write' },
  'channels.finishConsent': { roles: connectors, scope: 'channels:write' },
  'channels.setUpWebhook': { roles: connectors, scope: 'channels:write' },
  'channels.snippets': { roles: connectors, scope: 'channels:read' },
  'deliveries.list': { roles: connectors, scope: 'deliveries:read' },
  'deliveries.get': { roles: connectors, scope: 'deliveries:read' },
  'deliveries.body': { roles: connectors, scope: 'deliveries:read' },
  'deliveries.replay': { roles: connectors, scope: 'deliveries:write' },
  'refusals.list': { roles: connectors, scope: 'deliveries:read' },
  'quarantine.list': { roles: readers, scope: 'clients:read' },
  'quarantine.release': { roles: workers, scope: 'clients:write' },
  'events.list': { roles: everyone, scope: 'events:read' },
} as const satisfies Record<string, Rule>
