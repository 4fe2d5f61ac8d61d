import { ConnectorError, type ConnectorErrorCode } from '../../core/connector/errors.ts'
import type { Localised } from '../../core/connector/manifest.ts'

const troubles = {
  refused: {
    code: 'auth_failed',
    en: 'Asterisk does not accept this user and secret: compare them with manager.conf, and its permit= with the address of the hub',
    ru: 'Asterisk не принимает этого пользователя и пароль: сверьте их с manager.conf, а permit= — с адресом хаба',
  },
  unreachable: { code: 'temporary', en: 'Asterisk cannot be reached at this address and port', ru: 'Asterisk не отвечает по этому адресу и порту' },
  untrusted: {
    code: 'temporary',
    en: 'The certificate of Asterisk is not trusted: paste it into the settings',
    ru: 'Сертификату Asterisk нет доверия: вставьте его в настройки',
  },
  foreign: { code: 'temporary', en: 'What answers at this port is not the manager interface of Asterisk', ru: 'На этом порту отвечает не AMI' },
  silent: { code: 'temporary', en: 'Asterisk took too long to answer', ru: 'Asterisk слишком долго не отвечает' },
  lost: { code: 'temporary', en: 'The connection to Asterisk was lost', ru: 'Связь с Asterisk прервалась' },
} as const satisfies Record<string, Localised & { code: ConnectorErrorCode }>

/** What went wrong between us and Asterisk, in words for people. */
export function trouble(name: keyof typeof troubles, cause?: unknown): ConnectorError {
  const { code, en, ru } = troubles[name]
  return new ConnectorError(code, en, { words: { en, ru }, ...(cause instanceof Error && { cause }) })
}
