import { admins, connectors, everyone, leaders, type Rule, readers, reviewers, workers } from './rule.ts'

/** Telephones: whose they are, and which numbers of ours ring them. */
export const callPolicies = {
  'calls.candidates': { roles: readers, scope: 'clients:read' },
  'calls.putOnCard': { roles: workers, scope: 'clients:write' },
  'comments.list': { roles: readers, scope: 'clients:read' },
  'comments.add': { roles: readers, scope: 'clients:write' },
  'comments.remove': { roles: readers, scope: 'clients:write' },
  'comments.listeners': { roles: readers, scope: 'clients:read' },
  'checklist.get': { roles: readers, scope: 'people:read' },
  'checklist.save': { roles: leaders, scope: 'people:write' },
  'reviews.list': { roles: readers, scope: 'clients:read' },
  'reviews.save': { roles: reviewers, scope: 'clients:write' },
  'reviews.draw': { roles: reviewers, scope: 'people:write' },
  'reviews.download': { roles: reviewers, scope: 'clients:read' },
  'retention.get': { roles: leaders, scope: 'people:read' },
  'retention.save': { roles: admins, scope: null },
  'retention.preview': { roles: leaders, scope: 'people:read' },
  'numbers.list': { roles: everyone, scope: 'people:read' },
  'numbers.save': { roles: admins, scope: 'people:write' },
  'numbers.phones': { roles: connectors, scope: 'channels:read' },
  'questions.list': { roles: readers, scope: 'people:read' },
  'questions.save': { roles: leaders, scope: 'people:write' },
  'addresses.list': { roles: everyone, scope: 'channels:read' },
  'addresses.save': { roles: connectors, scope: 'channels:write' },
} as const satisfies Record<string, Rule>
