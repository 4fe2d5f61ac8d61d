import { z } from 'zod'
import { secret } from '../../../core/connector/settings.ts'

/** What every channel at Twilio needs. Twilio signs its hooks with the auth token even where REST is asked with an API key. */
export const accountSettings = {
  accountSid: z
    .string()
    .trim()
    .regex(/^AC\w+$/, 'An account SID begins with AC')
    .meta({ title: 'Account SID', description: 'AC…, on the first page of the Twilio console' }),
  authToken: secret().trim().min(1).meta({ title: 'Auth token', description: 'Beside the account SID; of a sub-account its own' }),
  previousAuthToken: secret()
    .trim()
    .optional()
    .meta({ title: 'Auth token before', description: 'While the token is being changed; both are accepted' }),
  apiKeySid: z
    .string()
    .trim()
    .regex(/^SK\w+$/, 'An API key begins with SK')
    .optional()
    .meta({ title: 'API key SID', description: 'SK…; empty: the auth token is used for requests, too' }),
  apiKeySecret: secret().trim().optional().meta({ title: 'API key secret' }),
  apiRoot: z
    .url({ protocol: /^https?$/ })
    .default('https://api.twilio.com')
    .meta({ title: 'API address' }),
}

const account = z.object(accountSettings)
export type Account = z.infer<typeof account>

/** Name and password of HTTP Basic at the API. */
export function credentials({ accountSid, authToken, apiKeySid, apiKeySecret }: Account): { username: string; password: string } {
  const hasKey = apiKeySid !== undefined && apiKeySecret !== undefined && apiKeySecret !== ''
  return hasKey ? { username: apiKeySid, password: apiKeySecret } : { username: accountSid, password: authToken }
}

export function basic({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}
