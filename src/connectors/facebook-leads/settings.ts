import { z } from 'zod'
import { apiAddress, digits, metaSettings } from '../kits/meta/settings.ts'

export const settings = z.object({
  ...metaSettings,
  pageId: digits.meta({ title: 'Page ID', description: 'About the page → Page transparency' }),
  appId: digits.optional().meta({ title: 'App ID', description: 'With it the hub registers its own address at Meta; empty: type it there by hand' }),
  ...apiAddress(),
})

export type Settings = z.infer<typeof settings>
