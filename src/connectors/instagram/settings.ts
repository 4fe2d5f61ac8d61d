import { z } from 'zod'
import { apiAddress, digits, metaSettings } from '../kits/meta/settings.ts'

export const settings = z.object({
  ...metaSettings,
  accountId: digits.meta({ title: 'Instagram account ID', description: 'The number that the app shows beside the account' }),
  appId: digits.optional().meta({ title: 'App ID', description: 'With it the hub registers its own address at Meta; empty: type it there by hand' }),
  humanAgent: z.boolean().default(false).meta({ title: 'Human Agent is approved', description: 'Then people may answer for seven days, not one' }),
  /** Another host for Instagram Login, without a page: https://graph.instagram.com */
  ...apiAddress(),
})

export type Settings = z.infer<typeof settings>
