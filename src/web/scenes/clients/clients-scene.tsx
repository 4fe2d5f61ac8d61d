import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { usePeople } from '../../api/names.ts'
import { useRight, useSession } from '../../api/session.ts'
import { Empty, Page, SkeletonRows } from '../../components/page.tsx'
import { tellError } from '../../components/tell.ts'
import { usePages } from '../../components/use-pages.ts'
import { VirtualTable } from '../../components/virtual-table.tsx'
import { MovingActs } from '../import/moving-acts.tsx'
import { clientColumns } from './client-columns.tsx'
import { everybody, useClientViews } from './client-views.ts'
import { ClientsFilter } from './clients-filter.tsx'
import { PeopleOrCompanies } from './people-or-companies.tsx'

const typedMs = 150

/** Everybody there is a card of, found as one types; filters and columns that are kept. */
export function ClientsScene() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { user } = useSession()
  const mayCreate = useRight('contacts.create')
  const views = useClientViews()
  const [filter, setFilter] = useState(everybody)
  const [query] = useDebouncedValue(filter.query.trim(), typedMs)
  const columns = clientColumns(t, usePeople())
  const asked = {
    ...(query && { query }),
    ...(filter.stage !== 'all' && { stage: filter.stage }),
    ...(filter.isMine && { ownerId: user.id }),
  }
  const list = usePages(['contacts', 'list', asked], (cursor) => api.contacts.list({ limit: 200, ...(cursor && { cursor }), ...asked }))
  const open = (cardId: string) => void navigate({ to: '/waiting/$cardId', params: { cardId } })
  const create = useMutation({
    mutationFn: () => api.contacts.create({ name: query }),
    onSuccess: (contact) => open(contact.cardId),
    onError: tellError,
  })
  const isNarrowed = Object.keys(asked).length > 0
  return (
    <Page
      title={t('clients.title')}
      acts={
        <>
          <PeopleOrCompanies value="clients" />
          <TextInput
            w="20rem"
            aria-label={t('common.search')}
            placeholder={t('clients.find')}
            leftSection={<IconSearch size={16} />}
            value={filter.query}
            onChange={(event) => setFilter({ ...filter, query: event.currentTarget.value })}
          />
          <MovingActs filter={asked} />
          {mayCreate && (
            <Button variant="default" onClick={() => create.mutate()}>
              {t('clients.create')}
            </Button>
          )}
        </>
      }
    >
      <ClientsFilter value={filter} views={views} titleOf={(key) => columns[key].title} onChange={setFilter} />
      {list.isPending && <SkeletonRows />}
      {list.isEmpty && (
        <Empty title={isNarrowed ? t('palette.nothing') : t('clients.empty')} hint={isNarrowed ? t('views.widen') : t('clients.emptyHint')} />
      )}
      {list.items.length > 0 && (
        <VirtualTable
          label={t('clients.title')}
          columns={views.columns.map((key) => columns[key])}
          items={list.items}
          rowKey={(contact) => contact.id}
          onOpen={(contact) => open(contact.cardId)}
          {...(list.more && { more: list.more })}
        />
      )}
    </Page>
  )
}
