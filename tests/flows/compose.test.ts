import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readConfig } from '../../src/config.ts'
import { environment } from '../../src/config-schema.ts'

const read = (file: string) => readFileSync(resolve(import.meta.dirname, '../..', file), 'utf8')

const duration = z.string().regex(/^\d+(ms|s|m|h)$/)

/** The part of the Compose specification that the file uses: https://github.com/compose-spec/compose-spec. Unknown keys are refused. */
const service = z
  .strictObject({
    build: z.literal('.'),
    image: z.string().regex(/^[a-z]+:\d+$/),
    restart: z.literal('unless-stopped'),
    stop_grace_period: duration,
    shm_size: z.string(),
    command: z.array(z.string()),
    environment: z.record(z.string().regex(/^[A-Z_]+$/), z.string()),
    ports: z.array(z.string().regex(/^\d+:\d+(\/udp)?$/)),
    volumes: z.array(z.string().regex(/^[./\w]+:\/[\w/]+(:ro)?$/)),
    healthcheck: z.strictObject({ test: z.array(z.string()).min(2), interval: duration, timeout: duration, retries: z.int().positive() }),
    depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })),
  })
  .partial()
  .required({ restart: true })
  .refine((one) => (one.build === undefined) !== (one.image === undefined), 'either built or taken')

const compose = z.strictObject({ name: z.string(), services: z.record(z.string(), service), volumes: z.record(z.string(), z.null()) })

describe('docker-compose.yml', () => {
  const file = compose.parse(parse(read('docker-compose.yml')))

  test('brings up hub, database, Redis and HTTPS', () => {
    expect(Object.keys(file.services)).toEqual(['hub', 'postgres', 'redis', 'caddy'])
  })

  test('waits only for services that tell their health', () => {
    const dockerfile = read('Dockerfile')
    for (const one of Object.values(file.services)) {
      for (const name of Object.keys(one.depends_on ?? {})) {
        const other = file.services[name]
        expect(other?.healthcheck ?? (other?.build && dockerfile.match(/^HEALTHCHECK/m))).toBeTruthy()
      }
    }
  })

  test('declares the volumes it uses, and uses those it declares', () => {
    const used = Object.values(file.services).flatMap((one) => one.volumes ?? [])
    const named = used.map((volume) => volume.split(':')[0] ?? '').filter((name) => !name.startsWith('.'))
    expect(named.sort()).toEqual(Object.keys(file.volumes).sort())
  })

  test('opens nothing but HTTPS to the world', () => {
    const open = Object.entries(file.services).filter(([, one]) => one.ports)
    expect(open.map(([name]) => name)).toEqual(['caddy'])
  })

  test('gives the hub variables that exist and values that it takes', () => {
    const given = file.services.hub?.environment ?? {}
    expect(Object.keys(given).filter((name) => !(name in environment.shape))).toEqual([])
    const values = Object.entries(given).map(([name, value]) => [
      name,
      expand(value, { DOMAIN: 'hub.example.com', POSTGRES_PASSWORD: 'abc123', SECRET_KEY: 'x'.repeat(32) }),
    ])
    expect(readConfig(Object.fromEntries(values))).toMatchObject({
      publicUrl: 'https://hub.example.com',
      trustProxy: 1,
      databaseUrl: 'postgresql://switchboard:abc123@postgres:5432/switchboard',
      redisUrl: 'redis://redis:6379',
    })
  })

  test('gives the hub longer to stop than it needs', () => {
    expect(Number.parseInt(file.services.hub?.stop_grace_period ?? '', 10)).toBeGreaterThan(10)
  })
})

describe('Dockerfile', () => {
  const lines = read('Dockerfile').replaceAll('\\\n', ' ').split('\n')
  const last = (instruction: string) => lines.findLast((line) => line.startsWith(`${instruction} `))

  test('runs as an ordinary user and tells its health', () => {
    expect(last('USER')).toBe('USER node')
    expect(lines.findIndex((line) => line.startsWith('USER'))).toBeLessThan(lines.findIndex((line) => line.startsWith('CMD')))
    expect(last('HEALTHCHECK')).toContain('/readyz')
  })

  test('starts the hub as npm start does', () => {
    const nodeFlags: string[] = JSON.parse(read('package.json')).config.nodeFlags.split(' ')
    expect(last('CMD')).toBe(`CMD ${JSON.stringify(['node', ...nodeFlags, 'src/main.ts']).replaceAll(',', ', ')}`)
  })

  test('begins from the Node that the program is written for', () => {
    const bases = lines.filter((line) => line.startsWith('FROM'))
    expect(bases.every((line) => /^FROM node:24-/.test(line))).toBe(true)
  })

  test('runs npm scripts that exist', () => {
    const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts
    const named = lines.flatMap((line) => [...line.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1] ?? ''))
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((name) => !scripts[name])).toEqual([])
  })
})

test('Caddy passes everything on to the hub, under the name that compose gives it', () => {
  const text = read('Caddyfile').replaceAll(/^\s*#.*$/gm, '')
  expect(text).toMatch(/^\s*\{\$DOMAIN\} \{/)
  expect(text).toContain('reverse_proxy hub:3000')
  expect(text.match(/\{/g)?.length).toBe(text.match(/\}/g)?.length)
})

/** `${NAME:?reason}` and `${NAME:-default}`, as Compose reads them. */
function expand(text: string, values: Record<string, string>): string {
  return text.replaceAll(
    /\$\{(\w+)(?::([?-])([^}]*))?\}/g,
    (_whole, name: string, kind: string | undefined, rest = '') => values[name] ?? (kind === '-' ? rest : fail(name)),
  )
}

function fail(name: string): never {
  throw new Error(`${name} is not set`)
}
