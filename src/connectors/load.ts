import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import type { Connector } from '../core/connector/connector.ts'
import { type Ability, abilityNames } from '../core/connector/manifest.ts'
import { StartFailure } from '../core/start-failure.ts'

const localised = z.object({ en: z.string().min(1), ru: z.string().min(1) })
const isFunction = z.custom<unknown>((value) => typeof value === 'function', 'is not a function')

const shape = z.object({
  manifest: z.object({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'is not kebab-case'),
    title: localised,
    summary: localised,
    media: z.array(z.string()).min(1),
    transport: z.array(z.enum(['webhook', 'session', 'door'])).min(1),
    proof: z.array(z.enum(['signature', 'secret', 'url', 'public', 'session'])).min(1),
    abilities: z.array(z.enum(abilityNames)),
    steps: z.array(localised),
    icon: z.string(),
  }),
  settings: z.custom<unknown>((value) => hasMethods(value, ['parse', 'safeParse']), 'is not a zod schema'),
  check: isFunction,
  normalise: isFunction,
})

/**
 * Loads connectors from outside the repository: a file, a folder with `connector.ts`, `.mjs` or `.js`, or an installed package, each of which
 * exports one connector or several.
 * @throws StartFailure `config_invalid`, one sentence that names the path and what is wrong with it.
 */
export async function loadConnectors(paths: readonly string[]): Promise<Connector[]> {
  const loaded: Connector[] = []
  for (const one of paths) {
    for (const connector of await loadFrom(one)) {
      const { id } = connector.manifest
      if (loaded.some(({ manifest }) => manifest.id === id)) throw unusable(`${one} brings a second connector "${id}"`)
      loaded.push(connector)
    }
  }
  return loaded
}

/** The connectors of the repository and those of `CONNECTORS` together. Throws StartFailure when two have one id. */
export function joinConnectors(own: readonly Connector[], loaded: readonly Connector[]): readonly Connector[] {
  const taken = loaded.find(({ manifest }) => own.some((one) => one.manifest.id === manifest.id))
  if (taken) throw unusable(`"${taken.manifest.id}" is the name of a built-in connector, choose another id`)
  return [...own, ...loaded]
}

async function loadFrom(one: string): Promise<Connector[]> {
  const file = findFile(one)
  const exported: unknown = await import(pathToFileURL(file).href).catch((cause: unknown) => {
    throw unusable(`${one} cannot be loaded: ${firstLine(cause)}`)
  })
  const candidates = Object.values(exported as Record<string, unknown>).filter((value) => hasManifest(value))
  if (candidates.length === 0) throw unusable(`${one} exports no connector (a value made by defineConnector)`)
  return [...new Set(candidates)].map((value) => validate(one, value))
}

function findFile(one: string): string {
  const places = ['', '/connector.ts', '/connector.mjs', '/connector.js'].map((end) => path.resolve(`${one}${end}`))
  const file = places.find((place) => existsSync(place) && statSync(place).isFile())
  if (file !== undefined) return file
  try {
    return createRequire(path.resolve('package.json')).resolve(one)
  } catch {
    throw unusable(`${one} is neither a file, a folder with connector.ts nor an installed package`)
  }
}

function validate(one: string, value: unknown): Connector {
  const parsed = shape.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw unusable(`${one} is no connector: ${issue?.path.join('.')}: ${issue?.message}`)
  }
  const { id, abilities } = parsed.data.manifest
  const connector = value as Connector
  const has = abilityNames.filter((name: Ability) => hasMethods(connector, [name]))
  const wrong = [...has.filter((name) => !abilities.includes(name)), ...abilities.filter((name) => !has.includes(name))]
  if (wrong.length > 0) throw unusable(`${one}: the manifest of "${id}" and its abilities disagree about ${wrong.join(', ')}`)
  return connector
}

function hasManifest(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'manifest' in value
}

function hasMethods(value: unknown, names: string[]): boolean {
  return typeof value === 'object' && value !== null && names.every((name) => typeof Reflect.get(value, name) === 'function')
}

function unusable(words: string): StartFailure {
  return new StartFailure('config_invalid', `CONNECTORS: ${words}.`)
}

function firstLine(cause: unknown): string {
  const words = cause instanceof Error ? cause.message : String(cause)
  return words.split('\n', 1)[0] ?? ''
}
