import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { shownIdentity } from '../../components/shown-identity.ts'
import { tell, tellError } from '../../components/tell.ts'
import classes from './conversation.module.css'

/** A wrong match: to another card, with its conversation and lead. */
export function MoveEntry({ entryId }: { entryId: string }) {
  const { t } = useTranslation()
  const mayMove = useRight('entries.move')
  const [isOpen, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [query] = useDebouncedValue(text, 200)
  const found = useQuery({
    queryKey: ['contacts', 'find', query],
    queryFn: () => api.contacts.list({ query, limit: 10 }),
    enabled: isOpen && query.length > 1,
  })
  const move = useMutation({
    mutationFn: (contactId: string) => api.entries.move({ id: entryId, contactId }),
    onSuccess: async () => {
      tell(t('conversation.moved'))
      await queryClient.invalidateQueries()
    },
    onError: tellError,
  })
  if (!mayMove) return null
  if (!isOpen) {
    return (
      <button type="button" className={classes.word} onClick={() => setOpen(true)}>
        {t('conversation.move')}
      </button>
    )
  }
  const data =
    found.data?.items.map((contact) => ({ value: contact.id, label: contact.name || contact.identities.map(shownIdentity).join(', ') })) ?? []
  return (
    <Select
      label={t('conversation.moveTo')}
      placeholder={t('clients.find')}
      searchable
      data={data}
      filter={({ options }) => options}
      searchValue={text}
      onSearchChange={setText}
      onChange={(contactId) => contactId && move.mutate(contactId)}
    />
  )
}
