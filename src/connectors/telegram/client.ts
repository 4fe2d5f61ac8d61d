import { Agent } from 'node:https'
import { Telegram, TelegramError } from 'telegraf'
import type { z } from 'zod'
import type { ConnectorError } from '../../core/connector/errors.ts'
import { brokenCall, wordedError } from '../../core/connector/worded-error.ts'
import { explainRefusal } from './failures.ts'
import type { Settings } from './settings.ts'

// A kept connection that Telegram closes at the moment we write would make the fate of a message unknown for nothing.
const agent = new Agent({ keepAlive: false })

export type Method =
  | 'getMe'
  | 'getUpdates'
  | 'getFile'
  | 'getUserProfilePhotos'
  | 'getWebhookInfo'
  | 'setWebhook'
  | 'deleteWebhook'
  | 'answerCallbackQuery'
  | 'sendMessage'
  | 'sendPhoto'
  | 'sendVideo'
  | 'sendVoice'
  | 'sendAudio'
  | 'sendAnimation'
  | 'sendDocument'

export interface CallOptions {
  /** Default 30 s. */
  timeoutMs?: number
  signal?: AbortSignal
}

export type Call = <Result>(method: Method, payload: object, result: z.ZodType<Result>, options?: CallOptions) => Promise<Result>

/**
 * One function that calls the Bot API. Throws only ConnectorError, whose words never hold the token (it is part of every address, so no
 * message and no cause of the library is passed on).
 */
export function createClient(settings: Pick<Settings, 'token' | 'apiRoot'>): Call {
  // Without the slash at the end telegraf drops the path of an address that has one.
  const telegram = new Telegram(settings.token, { apiRoot: withSlash(settings.apiRoot), webhookReply: false, agent })
  return async (method, payload, result, options = {}) => {
    const deadline = AbortSignal.timeout(options.timeoutMs ?? 30_000)
    const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline
    const mayHaveActed = method.startsWith('send')
    const answer = await callApi(telegram, method, payload, signal).catch((failure: unknown) => {
      throw explain(failure, mayHaveActed)
    })
    const read = result.safeParse(answer)
    if (read.success) return read.data
    throw wordedError(mayHaveActed ? 'outcome_unknown' : 'temporary', {
      en: `Telegram answered ${method} with something unknown`,
      ru: `Telegram ответил на ${method} чем-то неизвестным`,
    })
  }
}

// telegraf's types stop at Bot API 7.1, so its payload types are too narrow for what is sent here; and its AbortSignal is a shim's.
function callApi(telegram: Telegram, method: Method, payload: object, signal: AbortSignal): Promise<unknown> {
  return telegram.callApi(method as 'getMe', payload as Record<string, never>, { signal: signal as never })
}

function withSlash(address: string): string {
  return address.endsWith('/') ? address : `${address}/`
}

/** Address of a file named by `getFile`. It holds the token: never log it, never show it. */
export function fileAddress(settings: Pick<Settings, 'token' | 'apiRoot'>, path: string): string {
  return `${withSlash(settings.apiRoot)}file/bot${settings.token}/${path}`
}

function explain(failure: unknown, mayHaveActed: boolean): ConnectorError {
  return failure instanceof TelegramError ? explainRefusal(failure.response, mayHaveActed) : brokenCall('Telegram', failure, mayHaveActed)
}
