import { expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { configurationPage } from './config-page.ts'

test('needs nothing', () => {
  expect(readConfig({})).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    publicUrl: 'http://127.0.0.1:3000',
    trustProxy: false,
    dataDir: expect.stringMatching(/^\/.*\/data$/),
    databaseUrl: undefined,
    role: 'all',
    connectors: [],
  })
})

test('takes an empty variable for an absent one, and strange variables for nothing', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ', SMTP_IN_PORT: '', PATH: '/bin' })).toEqual(readConfig({}))
})

test.each([
  [{ TLS_CERT: 'c.pem', TLS_KEY: 'k.pem', HOST: '0.0.0.0', PORT: '443' }, 'https://localhost'],
  [{ HOST: '::1', PORT: '80' }, 'http://[::1]'],
  [{ PUBLIC_URL: 'https://Hub.example.com/' }, 'https://hub.example.com'],
])('knows its own address: %j', (env, publicUrl) => {
  expect(readConfig(env).publicUrl).toBe(publicUrl)
})

test.each([
  ['false', false],
  ['true', 1],
  ['2', 2],
  ['loopback, 10.0.0.0/8', ['loopback', '10.0.0.0/8']],
] as const)('TRUST_PROXY=%s', (text, expected) => {
  expect(readConfig({ TRUST_PROXY: text }).trustProxy).toEqual(expected)
})

test('lists connectors from outside', () => {
  expect(readConfig({ CONNECTORS: './one, two,' }).connectors).toEqual(['./one', 'two'])
})

test.each([
  [{ PORT: 'http' }, 'PORT must be a port, 0 to 65535 (it is "http")'],
  [{ PORT: '70000' }, 'PORT must be'],
  [{ PUBLIC_URL: 'hub.example.com' }, 'PUBLIC_URL must look like'],
  [{ PUBLIC_URL: 'https://example.com/hub' }, 'PUBLIC_URL must have no path'],
  [{ TRUST_PROXY: 'nginx' }, 'TRUST_PROXY must be'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must look like'],
  [{ ROLE: 'boss' }, 'ROLE must be all'],
  [{ ROLE: 'worker' }, 'ROLE=worker needs DATABASE_URL'],
  [{ TLS_KEY: 'key.pem' }, 'TLS_CERT and TLS_KEY need each other'],
  [{ ADMIN_EMAIL: 'a@example.com' }, 'ADMIN_EMAIL and ADMIN_PASSWORD'],
  [{ S3_BUCKET: 'files' }, 'S3_BUCKET needs'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be'],
])('refuses %j in one line', (env, message) => {
  expect(() => readConfig(env)).toThrow(expect.objectContaining({ code: 'config_invalid', exitCode: 2, message: expect.stringContaining(message) }))
})

test('names every bad variable at once, and repeats no secret', () => {
  const refusal = () => readConfig({ PORT: 'x', SECRET_KEY: 'hunter2', DATABASE_URL: 'mysql://me:hunter2@db' })
  expect(refusal).toThrow(/^[^\n]*PORT[^\n]*DATABASE_URL[^\n]*SECRET_KEY[^\n]*$/)
  expect(refusal).not.toThrow('hunter2')
})

test('the page of documentation says what the schema says', async () => {
  await expect(configurationPage()).toMatchFileSnapshot('../docs/configuration.md')
})
