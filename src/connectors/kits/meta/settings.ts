import { z } from 'zod'
import { secret } from '../../../core/connector/settings.ts'

/** Settings that every channel at Meta has. */
export const metaSettings = {
  appSecret: secret().trim().min(1).meta({ title: 'App secret', description: 'App settings → Basic: events are signed with it' }),
  verifyToken: secret()
    .trim()
    .min(1)
    .meta({ title: 'Verify token', description: 'Any words of yours; type the same beside the callback address at Meta' }),
  accessToken: secret()
    .trim()
    .regex(/^[\x21-\x7e]+$/, 'A token has no spaces and no letters beyond Latin')
    .meta({ title: 'Access token', description: 'A permanent one' }),
}

export const digits = z
  .string()
  .trim()
  .regex(/^\d{1,40}$/, 'Digits only')

/** Where the Graph API is: https://developers.facebook.com/docs/graph-api/guides/versioning */
export function apiAddress(host = 'https://graph.facebook.com') {
  return {
    apiRoot: z
      .url({ protocol: /^https?$/ })
      .default(host)
      .meta({ title: 'API address' }),
    apiVersion: z
      .string()
      .regex(/^v\d+\.\d+$/, 'As v24.0')
      .default('v24.0')
      .meta({ title: 'API version' }),
  }
}
