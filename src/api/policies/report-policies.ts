import { leaders, type Rule, readers, workers } from './rule.ts'

/** Reports, what is logged by hand, and the results that may be chosen. An operator sees rows of his own acts alone. */
export const reportPolicies = {
  'reports.today': { roles: leaders, scope: 'clients:read' },
  'reports.mine': { roles: workers, scope: 'clients:read' },
  'reports.rows': { roles: workers, scope: 'clients:read' },
  'reports.download': { roles: leaders, scope: 'clients:read' },
  'touches.log': { roles: workers, scope: 'clients:write' },
  'touches.change': { roles: workers, scope: 'clients:write' },
  'touches.undo': { roles: workers, scope: 'clients:write' },
  'touches.history': { roles: readers, scope: 'clients:read' },
  'dispositions.list': { roles: readers, scope: 'clients:read' },
  'dispositions.save': { roles: leaders, scope: 'people:write' },
} as const satisfies Record<string, Rule>
