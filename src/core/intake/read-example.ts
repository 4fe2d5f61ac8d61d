import type { Actor } from '../access/actor.ts'
import type { ChannelDeps } from '../channels/change-channel.ts'
import { forConnector } from '../channels/channel.ts'
import { draftChannel } from '../channels/draft-channel.ts'
import type { ReadExample } from '../connector/mapping.ts'
import { CoreError } from '../errors.ts'
import type { Files } from '../files/files.ts'
import type { FirmContext } from './apply/keys.ts'
import { type CardPreview, previewRequest } from './preview-cards.ts'

interface Deps extends Pick<ChannelDeps, 'pool' | 'connectors' | 'vault' | 'publicUrl'> {
  files: Files
  firm(): FirmContext
}

export interface ExampleView {
  is: ReadExample['is'] | null
  mapping: Record<string, unknown>
  items: CardPreview[]
  snippet: ReadExample['snippet'] | null
}

/**
 * Reads what somebody pasted: what it would send, the mapping that it asks for, and the same turned so that it sends to this channel. Nothing is kept.
 * @throws CoreError `not_found`, `unsupported`
 */
export async function readExample(deps: Deps, { id, text, seenBy }: { id: string; text: string; seenBy: Actor | null }): Promise<ExampleView> {
  const { draft } = await draftChannel(deps, id)
  const { connector } = draft
  if (!connector.readExample) throw new CoreError('unsupported', 'This connector reads no examples.')
  const example = connector.readExample(text, forConnector(draft, deps.publicUrl))
  if (!example) return { is: null, mapping: {}, items: [], snippet: null }
  const { is, mapping, request, snippet } = example
  const { draft: mapped } = await draftChannel(deps, id, { mapping: { ...mappingOf(draft.settings), ...mapping } })
  return { is, mapping, snippet, items: await previewRequest(deps, { channel: mapped, request, receivedAt: new Date(), seenBy }) }
}

function mappingOf(settings: unknown): object {
  return typeof settings === 'object' && settings !== null && 'mapping' in settings && typeof settings.mapping === 'object'
    ? (settings.mapping ?? {})
    : {}
}
