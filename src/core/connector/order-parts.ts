import type { Part } from './outgoing.ts'

/** Texts, then files. With buttons the files go first, for buttons stand under the last text. */
export function orderParts<Data extends object>(
  texts: Part<Data>[],
  files: Part<Data>[],
  buttons: string[] | undefined,
): Part<Data & { buttons?: string[] }>[] {
  const last = texts.at(-1)
  if (!buttons || !last) return [...texts, ...files]
  return [...files, ...texts.slice(0, -1), { ...last, data: { ...last.data, buttons } }]
}
