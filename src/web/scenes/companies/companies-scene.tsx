import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { usePeople } from '../../api/names.ts'
import { Empty, Page, SkeletonRows } from '../../components/page.tsx'
import { usePages } from '../../components/use-pages.ts'
import { VirtualTable } from '../../components/virtual-table.tsx'
import { shownDay } from '../../components/when.ts'
import { PeopleOrCompanies } from '../clients/people-or-companies.tsx'

const typedMs = 150

/** Organisations by name, each with how many people of it are known. */
export function CompaniesScene() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const nameOf = usePeople()
  const [text, setText] = useState('')
  const [query] = useDebouncedValue(text.trim(), typedMs)
  const list = usePages(['companies', 'list', query], (cursor) =>
    api.companies.list({ limit: 100, ...(cursor && { cursor }), ...(query && { query }) }),
  )
  return (
    <Page
      title={t('clients.title')}
      acts={
        <>
          <PeopleOrCompanies value="companies" />
          <TextInput
            w="20rem"
            aria-label={t('common.search')}
            placeholder={t('companies.find')}
            leftSection={<IconSearch size={16} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </>
      }
    >
      {list.isPending && <SkeletonRows />}
      {list.isEmpty && <Empty title={query ? t('palette.nothing') : t('companies.empty')} hint={t('companies.emptyHint')} />}
      {list.items.length > 0 && (
        <VirtualTable
          label={t('companies.title')}
          columns={[
            { key: 'name', title: t('companies.name'), width: 'minmax(0, 3fr)', onPhone: 'title', cell: ({ name }) => <b>{name}</b> },
            { key: 'domain', title: t('companies.domain'), width: 'minmax(0, 2fr)', cell: ({ domain }) => domain },
            { key: 'people', title: t('companies.people'), width: '6rem', onPhone: 'aside', cell: ({ people }) => people },
            { key: 'owner', title: t('card.field.ownerId'), width: 'minmax(0, 2fr)', cell: ({ ownerId }) => nameOf(ownerId) },
            { key: 'created', title: t('companies.since'), width: '9rem', onPhone: 'hidden', cell: ({ createdAt }) => shownDay(createdAt) },
          ]}
          items={list.items}
          rowKey={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: '/companies/$companyId', params: { companyId: id } })}
          {...(list.more && { more: list.more })}
        />
      )}
    </Page>
  )
}
