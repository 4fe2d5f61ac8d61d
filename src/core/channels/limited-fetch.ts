import type { Hub } from '../connector/hub.ts'
import { wordedError } from '../connector/worded-error.ts'

/** A `fetch` that takes no more than `mostBytes` of an answer into memory: beyond them it is `rejected`, whatever its headers say. */
export function limitedFetch(fetch: Hub['fetch'], mostBytes: number): Hub['fetch'] {
  return async (url, init) => {
    const response = await fetch(url, init)
    const most = Math.floor(mostBytes / 1_000_000)
    const tooLarge = () =>
      wordedError('rejected', { en: `It is larger than the ${most} MB that the hub takes.`, ru: `Больше ${most} МБ, которые принимает хаб.` })
    if (Number(response.headers.get('content-length') ?? 0) > mostBytes) {
      await response.body?.cancel().catch(() => undefined)
      throw tooLarge()
    }
    let taken = 0
    const counted = response.body?.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          taken += chunk.length
          if (taken > mostBytes) controller.error(tooLarge())
          else controller.enqueue(chunk)
        },
      }),
    )
    const { status, headers } = response
    return counted ? new Response(counted, { status, headers }) : response
  }
}
