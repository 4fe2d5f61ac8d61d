import { z } from 'zod'
import type { Connector } from '../connector/connector.ts'
import type { Manifest } from '../connector/manifest.ts'
import { CoreError } from '../errors.ts'
import { consentReturnUrl } from './consent.ts'

/** A manifest in the outside shape: what it leaves out is null or empty. */
export function presentManifest(manifest: Manifest) {
  const { id, title, summary, media, transport, proof, abilities, steps, icon, limits, reaches, callCommands } = manifest
  return {
    id,
    title,
    summary,
    media,
    transport,
    proof,
    abilities,
    steps,
    icon,
    limits: limits ?? null,
    reaches: reaches ?? [],
    callCommands: callCommands ?? [],
  }
}

/** All that the console needs to set up a channel of it. Throws `not_found`. */
export async function describeConnector(
  deps: { connectors: readonly Connector[]; publicUrl: string; readReadme(connectorId: string): Promise<string> },
  id: string,
) {
  const connector = deps.connectors.find((one) => one.manifest.id === id)
  if (!connector) throw new CoreError('not_found', 'There is no such connector.')
  const settings: Record<string, unknown> = { ...z.toJSONSchema(connector.settings, { io: 'input', unrepresentable: 'any' }) }
  return {
    ...presentManifest(connector.manifest),
    settings,
    consentReturnUrl: connector.consentUrl ? consentReturnUrl(deps.publicUrl) : null,
    readme: await deps.readReadme(id),
  }
}
