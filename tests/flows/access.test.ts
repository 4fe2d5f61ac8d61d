import { isContractProcedure } from '@orpc/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '../../src/api/contract/contract.ts'
import { type Operation, rawOperations } from '../../src/api/contract/operations.ts'
import { eventPolicies } from '../../src/api/policies/event-policies.ts'
import { isOperation, policies } from '../../src/api/policies/policy.ts'
import { roles } from '../../src/core/access/actor.ts'
import { newId } from '../../src/core/database/id.ts'
import { liveEventTypes } from '../../src/core/realtime/live-event.ts'
import { type ApiHub, startApiHub } from '../support/api-hub.ts'

let hub: ApiHub
beforeAll(async () => {
  hub = await startApiHub()
})
afterAll(() => hub.close())

interface Route {
  operation: Operation
  method: string
  path: string
}

/** Every operation of the contract and beside it, as the outside calls it. */
function allRoutes(): Route[] {
  const ofContract = Object.entries(contract).flatMap(([resource, procedures]) =>
    Object.entries(procedures).map(([verb, procedure]: [string, unknown]) => {
      if (!isContractProcedure(procedure)) throw new Error(`${resource}.${verb} is no procedure`)
      const { method, path } = procedure['~orpc'].route
      return { operation: `${resource}.${verb}`, method: method ?? 'POST', path: path ?? '' }
    }),
  )
  const raw = Object.entries(rawOperations).map(([operation, { method, path }]) => ({ operation, method, path }))
  return [...ofContract, ...raw].map(({ operation, ...route }) => {
    if (!isOperation(operation)) throw new Error(`${operation} has no rule`)
    return { operation, ...route }
  })
}

const callers = ['nobody', ...roles] as const

/** 401, 403, or `in` when the operation itself answered. */
async function outcomes(route: Route, cookies: Map<string, string>): Promise<Record<string, number | 'in'>> {
  const path = route.path.replaceAll(/\{\w+\}/g, () => newId())
  const answers = await Promise.all(
    callers.map(async (caller) => {
      const cookie = cookies.get(caller)
      const { status } = await hub.call(route.method, path, {
        ...(cookie ? { cookie } : {}),
        ...(route.method === 'GET' ? {} : { body: {} }),
      })
      return [caller, status === 401 || status === 403 ? status : 'in'] as const
    }),
  )
  return Object.fromEntries(answers)
}

function expected(operation: Operation): Record<string, number | 'in'> {
  const rule = policies[operation]
  return Object.fromEntries(
    callers.map((caller) => {
      if (rule === 'anyone') return [caller, 'in']
      if (caller === 'nobody') return [caller, 401]
      return [caller, rule.roles.includes(caller) ? 'in' : 403]
    }),
  )
}

describe('every route as every role', () => {
  it('answers as the table says', { timeout: 240_000 }, async () => {
    const cookies = new Map<string, string>()
    for (const role of roles) {
      const { email, password } = await hub.makeUser(role)
      cookies.set(role, await hub.signIn(email, password))
    }
    const routes = allRoutes()
    expect(routes.map((route) => route.operation).toSorted()).toEqual(Object.keys(policies).toSorted())
    const seen: Record<string, unknown> = {}
    for (const route of routes) seen[route.operation] = await outcomes(route, cookies)
    expect(seen).toEqual(Object.fromEntries(routes.map(({ operation }) => [operation, expected(operation)])))
  })

  it('keeps what was promised of the roles, whatever the table says', () => {
    const may = (role: (typeof roles)[number]) => {
      const allowed = Object.entries(policies).filter(([, rule]) => rule !== 'anyone' && rule.roles.includes(role))
      return allowed.map(([operation]) => operation)
    }
    const ofClients =
      /^(contacts|companies|leads|conversations|waiting|entries|search|merges|suggestions|drafts|attachments|quarantine|tasks|untouched)\./
    expect(may('integrator').filter((operation) => ofClients.test(operation))).toEqual([])
    expect(may('integrator')).toEqual(expect.arrayContaining(['channels.create', 'deliveries.replay', 'apiKeys.create', 'refusals.list']))
    expect(may('reviewer').filter((operation) => /\.(send|note|merge|update|create|upload|release|export)$/.test(operation))).toEqual([
      'session.update',
    ])
    expect(may('reviewer')).toEqual(expect.arrayContaining(['contacts.get', 'contacts.timeline', 'entries.get']))
    for (const role of ['operator', 'reviewer', 'manager'] as const) {
      expect(may(role).filter((operation) => /^(deliveries|refusals|audit|apiKeys)\./.test(operation))).toEqual([])
    }
    expect(may('admin')).toHaveLength(Object.values(policies).filter((rule) => rule !== 'anyone').length)
    expect(Object.keys(policies).filter((operation) => isOperation(operation) && policies[operation] === 'anyone')).toEqual([
      'setup.status',
      'setup.complete',
      'recordings.play',
    ])
    expect(Object.keys(eventPolicies).toSorted()).toEqual([...liveEventTypes].toSorted())
  })
})

describe('API keys', () => {
  it('narrowed to scopes do only that', async () => {
    const { key } = await hub.makeKey('admin', ['channels:read'])
    expect((await hub.call('GET', '/channels', { key })).status).toBe(200)
    const refused = await hub.call('POST', '/channels', { key, body: { connector: 'test', name: 'x' } })
    expect([refused.status, refused.body.code]).toEqual([403, 'missing_scope'])
    expect((await hub.call('POST', '/api-keys', { key, body: { name: 'x', role: 'admin' } })).status).toBe(403)
  })

  it('are shown once, work at once, and end when they are revoked', async () => {
    const { key: admin } = await hub.makeKey('admin')
    const made = await hub.call('POST', '/api-keys', { key: admin, body: { name: 'Site', role: 'operator' } })
    expect(made.status).toBe(201)
    const { key, apiKey } = made.body
    expect((await hub.call('GET', '/session', { key })).body).toMatchObject({ kind: 'api_key', user: { name: 'Site', role: 'operator' } })
    expect(JSON.stringify((await hub.call('GET', '/api-keys', { key: admin })).body)).not.toContain(key)
    const { rows } = await hub.deps.pool.query('select * from api_keys where id = $1', [apiKey.id])
    expect(JSON.stringify(rows)).not.toContain(key)
    expect((await hub.call('DELETE', `/api-keys/${apiKey.id}`, { key: admin })).status).toBe(200)
    expect((await hub.call('GET', '/session', { key })).body.code).toBe('invalid_key')
  })

  it('of an integrator are his own: no other role, no sight of others', async () => {
    const [integrator, admin] = await Promise.all([hub.makeKey('integrator'), hub.makeKey('admin')])
    const wanted = (role: string) => hub.call('POST', '/api-keys', { key: integrator.key, body: { name: 'k', role } })
    expect((await wanted('admin')).status).toBe(403)
    const own = await wanted('integrator')
    expect(own.status).toBe(201)
    const seen = (await hub.call('GET', '/api-keys', { key: integrator.key })).body.items
    expect(seen.map((item: { id: string }) => item.id)).toEqual([own.body.apiKey.id])
    expect((await hub.call('DELETE', `/api-keys/${admin.id}`, { key: integrator.key })).status).toBe(404)
  })
})

describe('the keys of channels', () => {
  it('are seen by who connects channels, and by nobody else; secrets by nobody', async () => {
    const [integrator, operator] = await Promise.all([hub.makeKey('integrator'), hub.makeKey('operator')])
    const made = await hub.call('POST', '/channels', {
      key: integrator.key,
      body: { connector: 'test', name: 'Bot', settings: { token: 'very-secret-token' } },
    })
    expect(made.status).toBe(201)
    const { id, key, hookUrl } = made.body
    expect(hookUrl).toBe(`${hub.url}/hooks/test/${key}`)
    const forOperator = JSON.stringify((await hub.call('GET', '/channels', { key: operator.key })).body)
    expect(forOperator).toContain(id)
    expect(forOperator).not.toContain(key)
    const answers = await Promise.all(['/channels', `/channels/${id}`, '/events'].map((path) => hub.call('GET', path, { key: integrator.key })))
    expect(JSON.stringify(answers)).not.toContain('very-secret-token')
    const { rows } = await hub.deps.pool.query('select settings::text from channels where id = $1', [id])
    expect(rows[0].settings).not.toContain('very-secret-token')
  })
})
