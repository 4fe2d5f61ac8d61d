import { z } from 'zod'

/** A string that is encrypted at rest, never returned by the API and never logged. */
export function secret(): z.ZodString {
  return z.string().meta({ secret: true })
}

/** Names of the secret fields of a settings schema (top level), read from its JSON Schema. */
export function secretFields(schema: z.ZodType): string[] {
  const known = secretsOfSchemas.get(schema) ?? readSecretFields(schema)
  secretsOfSchemas.set(schema, known)
  return known
}

const secretsOfSchemas = new WeakMap<z.ZodType, string[]>()

function readSecretFields(schema: z.ZodType): string[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  const properties = json.properties ?? {}
  return Object.entries(properties)
    .filter(([, property]) => hasSecretMark(property))
    .map(([name]) => name)
}

function hasSecretMark(property: unknown): boolean {
  if (typeof property !== 'object' || property === null) return false
  if ('secret' in property && property.secret === true) return true
  return 'anyOf' in property && Array.isArray(property.anyOf) && property.anyOf.some(hasSecretMark)
}
