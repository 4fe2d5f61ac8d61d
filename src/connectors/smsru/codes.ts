import type { ConnectorErrorCode } from '../../core/connector/errors.ts'

/** Codes that never improve by waiting, and what they say to people (sms.ru/api/status). */
const words: Record<number, string> = {
  104: 'It could not be delivered in time',
  105: 'The operator deleted it',
  106: 'The phone failed',
  107: 'Not delivered, and nobody knows why',
  108: 'Rejected',
  150: 'There is no route to this number',
  200: 'SMS.ru does not know this api_id',
  201: 'There is no money left on the account of SMS.ru',
  202: 'SMS.ru does not accept this number',
  203: 'There is no text',
  204: 'SMS.ru has not approved this sender for the account',
  205: 'The text is too long',
  206: 'The daily limit of the account of SMS.ru is reached',
  207: 'There is no route to this number',
  209: 'The number is on the stop list of SMS.ru',
  212: 'SMS.ru could not read the text',
  220: 'SMS.ru is not available now',
  230: 'The daily limit of SMS to this number is reached',
  231: 'The same text went to this number within the last minute',
  232: 'The daily limit of this text to this number is reached',
  233: 'SMS.ru takes so many SMS to this number for fraud',
  300: 'SMS.ru does not accept this api_id',
  301: 'SMS.ru does not accept this api_id',
  302: 'The account of SMS.ru is not confirmed yet',
}

const classes: [ConnectorErrorCode, number[]][] = [
  // Nobody but a person in the cabinet can help: the channel asks for it, and what was to be sent waits.
  ['auth_failed', [200, 201, 300, 301, 302]],
  ['rate_limited', [206]],
  ['temporary', [220, 231, 500, 507]],
  ['invalid_recipient', [150, 202, 207]],
  ['blocked', [209]],
]

export function meaningOf(code: number): { code: ConnectorErrorCode; words: string; retryAfterMs?: number } {
  const found = classes.find(([, codes]) => codes.includes(code))?.[0] ?? 'rejected'
  return { code: found, words: wordsOf(code), ...(found === 'rate_limited' && { retryAfterMs: 3_600_000 }) }
}

export function wordsOf(code: number): string {
  return words[code] ?? `SMS.ru refused with code ${code}`
}
