import { readers, type Rule, workers } from './rule.ts'

/** Cards, leads, conversations and what is said in them. */
export const clientPolicies = {
  'attachments.upload': { roles: workers, scope: 'messages:write' },
  'attachments.download': { roles: readers, scope: 'clients:read' },
  'entries.html': { roles: readers, scope: 'clients:read' },
} as const satisfies Record<string, Rule>
