import type { RawDelivery } from '../../core/connector/delivery.ts'

export type Fields = ReadonlyMap<string, string>

/** Fields of the body, a form or multipart, and of the address; the body goes first. */
export function readFields(request: Pick<RawDelivery, 'body' | 'query'>): Fields {
  const text = Buffer.from(request.body).toString('utf8')
  const ofBody = text.startsWith('--') ? readMultipart(text) : new URLSearchParams(text)
  return new Map([...new URLSearchParams(request.query), ...ofBody])
}

/** By the boundary that the body itself begins with: the one in the header was seen to differ. */
function readMultipart(text: string): [string, string][] {
  const boundary = text.slice(0, text.search(/\r?\n|$/))
  return text.split(boundary).flatMap((part): [string, string][] => {
    const at = /\r?\n\r?\n/.exec(part)
    const name = at && /name="([^"]*)"/i.exec(part.slice(0, at.index))?.[1]
    return name ? [[name, part.slice(at.index + at[0].length).replace(/\r?\n$/, '')]] : []
  })
}
