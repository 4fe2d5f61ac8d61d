import { leaders, type Rule } from './rule.ts'

/** The base on its way in and out: whole lists of clients at once. */
export const movingPolicies = {
  'imports.list': { roles: leaders, scope: 'clients:write' },
  'imports.create': { roles: leaders, scope: 'clients:write' },
  'imports.get': { roles: leaders, scope: 'clients:write' },
  'imports.update': { roles: leaders, scope: 'clients:write' },
  'imports.rows': { roles: leaders, scope: 'clients:write' },
  'imports.download': { roles: leaders, scope: 'clients:write' },
  'imports.check': { roles: leaders, scope: 'clients:write' },
  'imports.start': { roles: leaders, scope: 'clients:write' },
  'imports.cancel': { roles: leaders, scope: 'clients:write' },
  'imports.undo': { roles: leaders, scope: 'clients:write' },
  'imports.discard': { roles: leaders, scope: 'clients:write' },
  'exports.list': { roles: leaders, scope: 'clients:read' },
  'exports.create': { roles: leaders, scope: 'clients:read' },
  'exports.get': { roles: leaders, scope: 'clients:read' },
  'exports.cancel': { roles: leaders, scope: 'clients:read' },
  'exports.download': { roles: leaders, scope: 'clients:read' },
} as const satisfies Record<string, Rule>
