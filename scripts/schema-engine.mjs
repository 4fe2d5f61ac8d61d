#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { adapterFactory, configOf, onServer } from './schema-engine-adapter.mjs'

// Prisma's schema engine for development, without a download: the engine that npm carries as WebAssembly, behind the command line
// and the JSON-RPC over stdin and stdout that the Prisma CLI expects of its native program.
// PRISMA_SCHEMA_ENGINE_BINARY=scripts/schema-engine.mjs npx prisma migrate diff|deploy|status …

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: { datasource: { type: 'string' }, datamodels: { type: 'string', multiple: true }, version: { type: 'boolean' } },
})
let panic = ''
const url = values.datasource ? JSON.parse(values.datasource).url : undefined

if (values.version) process.stdout.write('schema-engine-cli of npm\n')
else if (positionals[0] === 'cli') process.exit(await runOnce(positionals[1]))
else serve()

/** `schema-engine cli <command>`: one question, answered by the exit code, with its reason as a line of log. */
async function runOnce(command) {
  const config = configOf(url)
  const name = `"${config.database.replaceAll('"', '""')}"`
  const statements = {
    'can-connect-to-database': [config, 'select 1'],
    'create-database': [{ ...config, database: 'postgres' }, `create database ${name}`],
    'drop-database': [{ ...config, database: 'postgres' }, `drop database ${name}`],
  }
  try {
    if (!statements[command]) throw new Error(`unknown command ${command}`)
    await onServer(...statements[command])
    return 0
  } catch (error) {
    // Codes of Prisma's error reference: https://www.prisma.io/docs/orm/reference/error-reference
    const code = { '3D000': 'P1003', '28P01': 'P1000', 28000: 'P1000', '42P04': 'P1009' }[error.code] ?? 'P1001'
    const message = code === 'P1003' ? `Database ${config.database} does not exist` : error.message || error.code
    process.stderr.write(`${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields: { message, error_code: code } })}\n`)
    return 1
  }
}

/** Answers requests until stdin ends and the last of them is answered. */
function serve() {
  let engine
  const answers = []
  const open = new Map()
  // A panic of the engine ends no promise: without an answer the CLI would take silence for success.
  process.on('uncaughtException', (error) => {
    for (const id of open.keys()) send(failure(id, `The schema engine broke: ${panic || error.message}`, undefined))
    process.stdout.write('', () => process.exit(1))
  })
  const requests = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
  requests.on('line', (line) => {
    const request = JSON.parse(line)
    if (!request.method) return
    engine ??= openEngine()
    open.set(request.id, request.method)
    answers.push(answer(request, engine).finally(() => open.delete(request.id)))
  })
  requests.on('close', async () => {
    await Promise.allSettled(answers)
    process.exit(0)
  })
}

async function answer({ id, method, params }, opening) {
  try {
    const { engine } = await opening
    send({ jsonrpc: '2.0', id, result: (await call(engine, method, params)) ?? null })
  } catch (error) {
    const { message, code } = await explain(error, opening)
    send(failure(id, message, code, error?.meta))
  }
}

function failure(id, message, code, meta = {}) {
  return { jsonrpc: '2.0', id, error: { code: 4466, message, data: { is_panic: false, message, error_code: code, meta } } }
}

async function call(engine, method, params) {
  if (method === 'createDatabase') return { databaseName: '' }
  if (method === 'getDatabaseVersion') return engine.version(params)
  const result = await engine[method](params)
  if (method !== 'diff' || !result?.stdout) return result
  // The CLI prints a difference when it is told to by a request of the engine's own.
  send({ jsonrpc: '2.0', id: `print-${Date.now()}`, method: 'print', params: { content: result.stdout } })
  return { ...result, stdout: null }
}

/** The engine gives a failure of the adapter by its number only. */
async function explain(error, opening) {
  const { errors } = await opening.catch(() => ({}))
  const own = typeof error?.id === 'number' ? errors?.consumeError(error.id)?.error : undefined
  return { message: error?.message ?? String(own ?? error), code: error?.code ?? error?.error_code }
}

function send(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}

async function openEngine() {
  const { SchemaEngine } = await loadWebAssembly()
  const adapter = bindMigrationAwareSqlAdapterFactory(adapterFactory(url ?? 'postgresql://127.0.0.1:9/none'))
  const datamodels = values.datamodels?.map((path) => [path, readFileSync(path, 'utf8')])
  const engine = await SchemaEngine.new({ datamodels }, () => {}, adapter)
  return { engine, errors: adapter.errorRegistry }
}

/** By hand: Node imports .wasm files only behind a flag. */
async function loadWebAssembly() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    get: () => panic,
    set_message(message) {
      panic = message
    },
  }
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const bindings = await import(join(folder, 'schema_engine_bg.js'))
  const module = new WebAssembly.Module(readFileSync(join(folder, 'schema_engine_bg.wasm')))
  const { exports } = new WebAssembly.Instance(module, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(exports)
  exports.__wbindgen_start()
  return bindings
}
