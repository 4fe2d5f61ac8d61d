import { admins, connectors, everyone, leaders, type Rule } from './rule.ts'

/** Set-up, users, teams, keys, audit, the firm's settings. */
export const peoplePolicies = {
  'setup.status': 'anyone',
  'setup.complete': 'anyone',
  'session.get': { roles: everyone, scope: 'people:read' },
  'session.update': { roles: everyone, scope: null },
  'settings.get': { roles: everyone, scope: 'people:read' },
  'settings.update': { roles: admins, scope: 'people:write' },
  'settings.reach': { roles: connectors, scope: 'channels:read' },
  'users.list': { roles: everyone, scope: 'people:read' },
  'users.get': { roles: everyone, scope: 'people:read' },
  'users.create': { roles: admins, scope: 'people:write' },
  'users.update': { roles: admins, scope: 'people:write' },
  'users.disable': { roles: admins, scope: 'people:write' },
  'users.enable': { roles: admins, scope: 'people:write' },
  'users.resetPassword': { roles: admins, scope: null },
  'teams.list': { roles: everyone, scope: 'people:read' },
  'teams.get': { roles: everyone, scope: 'people:read' },
  'teams.create': { roles: leaders, scope: 'people:write' },
  'teams.update': { roles: leaders, scope: 'people:write' },
  'teams.delete': { roles: admins, scope: 'people:write' },
  'apiKeys.list': { roles: connectors, scope: null },
  'apiKeys.create': { roles: connectors, scope: null },
  'apiKeys.revoke': { roles: connectors, scope: null },
  'audit.list': { roles: admins, scope: 'people:read' },
} as const satisfies Record<string, Rule>
