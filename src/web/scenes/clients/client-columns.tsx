import type { TFunction } from 'i18next'
import type { api } from '../../api/client.ts'
import { Face } from '../../components/face.tsx'
import { Chip } from '../../components/page.tsx'
import { shownIdentity } from '../../components/shown-identity.ts'
import type { Column } from '../../components/virtual-table.tsx'
import { absoluteTime, shownDay, shownTime } from '../../components/when.ts'
import classes from './clients.module.css'

export type ClientItem = Awaited<ReturnType<typeof api.contacts.list>>['items'][number]

export const columnKeys = ['name', 'reach', 'stage', 'owner', 'created', 'last'] as const
export type ColumnKey = (typeof columnKeys)[number]
/** Without these a row says nothing. */
export const fixedColumns: readonly ColumnKey[] = ['name', 'reach']

const reach = (contact: ClientItem) => contact.identities.map(shownIdentity).join(' · ')

/** Every column of the clients' table. */
export function clientColumns(t: TFunction, nameOf: (id: string | null) => string): Record<ColumnKey, Column<ClientItem>> {
  return {
    name: {
      key: 'name',
      title: t('clients.name'),
      width: 'minmax(0, 2fr)',
      onPhone: 'title',
      cell: (contact) => (
        <span className={classes.who}>
          {contact.pictureUrl && <Face name={contact.name} picture={contact.pictureUrl} />}
          <b>{contact.name || t('waiting.unnamed')}</b>
        </span>
      ),
      hint: (contact) => contact.name,
    },
    reach: { key: 'reach', title: t('clients.reach'), width: 'minmax(0, 3fr)', cell: reach, hint: reach },
    stage: {
      key: 'stage',
      title: t('clients.stage'),
      width: '6.5rem',
      onPhone: 'aside',
      cell: (contact) => <Chip tone={contact.stage === 'client' ? 'good' : 'accent'}>{t(`card.${contact.stage}`)}</Chip>,
    },
    owner: { key: 'owner', title: t('card.field.ownerId'), width: 'minmax(0, 1.5fr)', cell: (contact) => nameOf(contact.ownerId) },
    created: {
      key: 'created',
      title: t('clients.created'),
      width: '9rem',
      onPhone: 'hidden',
      cell: (contact) => shownDay(contact.createdAt),
      hint: (contact) => absoluteTime(contact.createdAt),
    },
    last: {
      key: 'last',
      title: t('clients.last'),
      width: '10rem',
      cell: (contact) => shownTime(contact.lastTouchAt),
      hint: (contact) => absoluteTime(contact.lastTouchAt),
    },
  }
}
