import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One call the bot made. `fields`: the JSON payload, or the named parts of an upload as text. */
export interface BotCall {
  method: string
  fields: Record<string, unknown>
}

type Answer = { status?: number; result?: unknown; error_code?: number; description?: string; parameters?: object } | 'cut' | 'silence'

export interface FakeTelegram {
  /** For the setting `apiRoot`. */
  apiRoot: string
  token: string
  calls: BotCall[]
  /** Puts an update into the queue of `getUpdates`; gives it the next number. */
  push(update: Record<string, unknown>): number
  /** What a method answers from now on, instead of its usual. */
  answer(method: string, answer: Answer | ((call: BotCall) => Answer)): void
  /** Back to the usual. */
  restore(method: string): void
  /** Files that getFile and download know, by file_id. */
  files: Map<string, Uint8Array>
  /** Resolves with the first call for which `accepts` is true, made before or after. */
  called(method: string, accepts?: (call: BotCall) => boolean): Promise<BotCall>
  close(): Promise<void>
}

/** A Bot API server on 127.0.0.1, as far as a bot of this hub uses one: long polls, offsets, webhooks, uploads and downloads. */
export async function fakeTelegram(token = '123456789:AAE-fake_token'): Promise<FakeTelegram> {
  const state = { queue: [] as Record<string, unknown>[], nextId: 1000, nextMessageId: 500, webhook: '', waiters: new Set<() => void>() }
  const answers = new Map<string, Answer | ((call: BotCall) => Answer)>()
  const calls: BotCall[] = []
  const files = new Map<string, Uint8Array>()
  const wake = () => {
    for (const waiter of state.waiters) waiter()
  }

  const usual: Record<string, (call: BotCall) => unknown> = {
    getMe: () => ({ id: 123456789, is_bot: true, first_name: 'Hub', username: 'fake_hub_bot' }),
    getWebhookInfo: () => ({ url: state.webhook, pending_update_count: 0 }),
    setWebhook: ({ fields }) => {
      state.webhook = String(fields.url)
      return true
    },
    deleteWebhook: () => {
      state.webhook = ''
      return true
    },
    answerCallbackQuery: () => true,
    getUserProfilePhotos: () => ({ total_count: 0, photos: [] }),
    getFile: ({ fields }) => ({ file_id: fields.file_id, file_unique_id: 'u', file_path: `documents/${String(fields.file_id)}` }),
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://fake')
    const file = new RegExp(`^/file/bot${token}/documents/(.+)$`).exec(url.pathname)
    if (file) return sendFile(response, files.get(decodeURIComponent(file[1] ?? '')))
    const method = new RegExp(`^/bot${token}/(\\w+)$`).exec(url.pathname)?.[1]
    if (!method) return sendAnswer(response, { error_code: 401, description: 'Unauthorized' })
    const call = { method, fields: await readFields(request) }
    calls.push(call)
    wake()
    const planned = answers.get(method)
    if (planned) return sendAnswer(response, typeof planned === 'function' ? planned(call) : planned)
    if (method === 'getUpdates') return poll(call, response)
    const result = usual[method]?.(call)
    if (result !== undefined) return sendAnswer(response, { result })
    state.nextMessageId += 1
    sendAnswer(response, {
      result: { message_id: state.nextMessageId, date: 1760000000, chat: { id: Number(call.fields.chat_id), type: 'private' } },
    })
  }

  async function poll({ fields }: BotCall, response: ServerResponse): Promise<void> {
    if (state.webhook !== '') {
      return sendAnswer(response, {
        error_code: 409,
        description: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      })
    }
    const offset = Number(fields.offset ?? 0)
    state.queue = state.queue.filter((update) => Number(update.update_id) >= offset)
    const until = Date.now() + Number(fields.timeout ?? 0) * 1000
    while (state.queue.length === 0 && Date.now() < until && !response.destroyed) await nextWake(state.waiters, until)
    sendAnswer(response, { result: state.queue.slice(0, 100) })
  }

  const server = createServer((request, response) => void respond(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    calls,
    files,
    push(update) {
      state.nextId += 1
      state.queue.push({ update_id: state.nextId, ...update })
      wake()
      return state.nextId
    },
    answer: (method, answer) => void answers.set(method, answer),
    restore: (method) => void answers.delete(method),
    async called(method, accepts = () => true) {
      const found = () => calls.find((call) => call.method === method && accepts(call))
      const until = Date.now() + 60_000
      while (!found() && Date.now() < until) await nextWake(state.waiters, until)
      const call = found()
      if (!call) throw new Error(`the bot never called ${method}; it called ${calls.map((one) => one.method).join(', ')}`)
      return call
    },
    async close() {
      server.closeAllConnections()
      wake()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Something happened, 50 ms passed, or the time is over. */
function nextWake(waiters: Set<() => void>, until: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      waiters.delete(done)
      resolve()
    }
    const timer = setTimeout(done, Math.min(50, Math.max(0, until - Date.now())))
    waiters.add(done)
  })
}

function sendAnswer(response: ServerResponse, answer: Answer): void {
  if (answer === 'cut') response.socket?.destroy()
  if (answer === 'cut' || answer === 'silence') return
  const status = answer.status ?? answer.error_code ?? 200
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: status < 300, ...answer }))
}

function sendFile(response: ServerResponse, bytes: Uint8Array | undefined): void {
  response.writeHead(bytes ? 200 : 404).end(bytes)
}

async function readFields(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const boundary = /boundary=(.+)$/.exec(request.headers['content-type'] ?? '')?.[1]
  if (boundary === undefined) return body.length === 0 ? {} : (JSON.parse(body.toString()) as Record<string, unknown>)
  const fields: Record<string, unknown> = {}
  for (const part of body.toString('latin1').split(`--${boundary}`).slice(1, -1)) {
    const [head = '', ...rest] = part.replace(/^\r\n/, '').split('\r\n\r\n')
    const text = Buffer.from(rest.join('\r\n\r\n').replace(/\r\n$/, ''), 'latin1').toString('utf8')
    const name = /name="([^"]*)"/.exec(head)?.[1] ?? ''
    const filename = /filename="([^"]*)"/.exec(head)?.[1]
    fields[name] = filename === undefined ? text : { filename: Buffer.from(filename, 'latin1').toString('utf8'), content: text }
  }
  return fields
}
