import i18next from 'i18next'
import type { api } from '../../api/client.ts'
import { shownIdentity } from '../../components/shown-identity.ts'

export type LeadItem = Awaited<ReturnType<typeof api.leads.list>>['items'][number]

/** Whose lead it is; who has no name is called by how he is reached. */
export function shownClient({ contactName, contactIdentity }: Pick<LeadItem, 'contactName' | 'contactIdentity'>): string {
  return contactName || (contactIdentity ? shownIdentity(contactIdentity) : i18next.t('waiting.unnamed'))
}

/** Where a lead came from, in one line. */
export function shownSource({ source }: Pick<LeadItem, 'source'>): string {
  return Object.values(source?.utm ?? {}).join(' · ') || source?.page || source?.referrer || ''
}
