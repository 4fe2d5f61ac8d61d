import type { Readable } from 'node:stream'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { UnreadableFile } from './unreadable-file.ts'

/** Letters between two tags: no cell and no name is longer. */
const longestText = 4 * 1024 * 1024

export interface XmlHandlers {
  open(tag: string, attributes: Record<string, string>): void
  close?(tag: string): void
  text?(text: string): void
}

/**
 * Feeds a stream of XML to `handlers` piece by piece; after each piece `pause` may give out what was gathered. Names come without their
 * namespace's prefix. No entity but XML's own five is expanded (saxes knows no DTD), so none can grow. Throws `UnreadableFile`.
 */
export async function* xmlEvents<Item>(stream: Readable, handlers: XmlHandlers, pause: () => Item[]): AsyncIterable<Item> {
  const parser = new SaxesParser()
  const local = (name: string) => name.slice(name.indexOf(':') + 1)
  parser.on('opentag', (tag: SaxesTagPlain) => handlers.open(local(tag.name), tag.attributes))
  parser.on('closetag', (tag: SaxesTagPlain) => handlers.close?.(local(tag.name)))
  parser.on('text', (text) => handlers.text?.(text))
  parser.on('cdata', (text) => handlers.text?.(text))
  const decoder = new TextDecoder()
  let sinceTag = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const text = decoder.decode(chunk, { stream: true })
      const lastTag = text.lastIndexOf('<')
      sinceTag = lastTag < 0 ? sinceTag + text.length : text.length - lastTag
      if (sinceTag > longestText) throw new UnreadableFile('zip_bomb')
      parser.write(text)
      yield* pause()
    }
    parser.close()
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile('broken_zip', undefined, error)
  }
  yield* pause()
}

/** The same for small parts that are read whole. */
export async function readXml(stream: Readable, handlers: XmlHandlers): Promise<void> {
  for await (const _nothing of xmlEvents(stream, handlers, () => []));
}
