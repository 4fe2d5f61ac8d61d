import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { callCommands } from '../../../src/core/connector/calling.ts'
import type { Connector } from '../../../src/core/connector/connector.ts'
import { abilityNames } from '../../../src/core/connector/manifest.ts'
import { secretFields } from '../../../src/core/connector/settings.ts'

const localised = z.strictObject({ en: z.string().regex(/[a-z]/i), ru: z.string().regex(/[а-яё]/i, 'has no Russian letter') })

const manifestShape = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
  title: localised.extend({ ru: z.string().min(1) }),
  summary: localised,
  media: z.array(z.string().regex(/^[a-z][a-z-]*$/)).min(1),
  transport: z.array(z.enum(['webhook', 'session', 'door'])).min(1),
  proof: z.array(z.enum(['signature', 'secret', 'url', 'public', 'session'])).min(1),
  abilities: z.array(z.enum(abilityNames)),
  steps: z.array(localised).min(1),
  icon: z.string().regex(/^(<(path|circle|rect|line|polyline|polygon|ellipse)[^<>]*\/>)+$/, 'is not plain SVG shapes'),
  limits: z
    .strictObject({
      textLength: z.int().positive().optional(),
      textCounts: z.literal('bytes').optional(),
      attachmentBytes: z.int().positive().optional(),
      attachmentTypes: z.array(z.string().regex(/^[a-z]+\/([a-z0-9.+-]+|\*)$/)).optional(),
      filesByLink: z.literal(true).optional(),
      buttons: z.strictObject({ count: z.int().positive(), length: z.int().positive() }).optional(),
      window: z
        .strictObject({
          hours: z.int().positive(),
          longer: z.strictObject({ setting: z.string(), hours: z.int().positive() }).optional(),
          medium: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
  callCommands: z.array(z.enum(callCommands)).min(1).optional(),
  isRepeatable: z.literal(true).optional(),
  isUrgent: z.literal(true).optional(),
  reaches: z.array(z.string()).optional(),
})

export function describeManifest(connector: Connector, folder: string): void {
  const { manifest } = connector

  describe('manifest', () => {
    it('has the shape of a manifest, with every text in both languages', () => {
      const parsed = manifestShape.safeParse(manifest)
      expect(manifest.callCommands !== undefined).toBe(manifest.abilities.includes('controlCall'))
      expect(parsed.success, parsed.success ? '' : z.prettifyError(parsed.error)).toBe(true)
    })

    it('is named like its folder and brings a page for the person who sets it up', () => {
      if (folder.startsWith('src/')) expect(path.basename(folder)).toBe(manifest.id)
      expect(existsSync(`${folder}/README.md`), 'README.md').toBe(true)
    })

    it('names exactly the abilities the connector has', () => {
      const has = abilityNames.filter((name) => typeof Reflect.get(connector, name) === 'function')
      expect(manifest.abilities.toSorted()).toEqual(has.toSorted())
    })

    it('has the abilities that its transports and its way back need', () => {
      const needs = { webhook: 'verify', session: 'open', door: 'openDoor' } as const
      for (const transport of manifest.transport) expect(manifest.abilities, transport).toContain(needs[transport])
      expect(manifest.abilities.includes('send')).toBe(manifest.abilities.includes('render'))
      expect((manifest.reaches ?? []).length > 0, 'reaches somebody exactly when it can send').toBe(manifest.abilities.includes('send'))
    })

    it('has settings that a form can be made of, with every secret marked as one', () => {
      const json = z.toJSONSchema(connector.settings, { io: 'input', unrepresentable: 'any' })
      expect(json.type).toBe('object')
      const suspicious = Object.keys(json.properties ?? {}).filter((name) => /password|token$|secret$/i.test(name))
      expect(suspicious.filter((name) => !secretFields(connector.settings).includes(name))).toEqual([])
    })
  })
}
