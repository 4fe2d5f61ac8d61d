import { z } from 'zod'
import { metaId } from '../kits/meta/envelope.ts'

/** A webhook names a lead and no more: https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving */
export const leadgen = z.object({
  leadgen_id: metaId,
  page_id: metaId.optional(),
  form_id: metaId.optional(),
  created_time: z.union([z.number(), z.string()]).optional(),
})

const text = z.string().nullish()

export const lead = z.object({
  id: metaId,
  created_time: text,
  form_id: metaId.nullish(),
  form_name: text,
  ad_id: metaId.nullish(),
  ad_name: text,
  adset_name: text,
  campaign_id: metaId.nullish(),
  campaign_name: text,
  platform: text,
  is_organic: z.boolean().nullish(),
  field_data: z.array(z.object({ name: z.string(), values: z.array(z.coerce.string()).default([]) })),
  custom_disclaimer_responses: z.array(z.object({ checkbox_key: z.string(), is_checked: z.union([z.boolean(), z.string()]).optional() })).nullish(),
})
export type Lead = z.infer<typeof lead>

/** Fields to ask for, of a lead. */
export const leadFields =
  'id,created_time,form_id,ad_id,ad_name,adset_name,campaign_id,campaign_name,platform,is_organic,field_data,custom_disclaimer_responses'
