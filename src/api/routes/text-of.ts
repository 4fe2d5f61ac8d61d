import type { ChosenTemplate } from '../../core/connector/approved-template.ts'
import type { ApiContext } from './context.ts'

/** What people here read of a message: of an approved template its own words, whatever was typed. */
export async function textOf(
  { approved }: ApiContext['deps'],
  channelId: string | undefined,
  { text, template }: { text: string; template?: ChosenTemplate | undefined },
): Promise<string> {
  return template && channelId ? await approved.fill(channelId, template) : text
}
