import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useRight } from '../../api/session.ts'
import classes from '../../components/components.module.css'
import { MoreButton } from '../../components/more-button.tsx'
import { Chip, Empty, Page, SkeletonRows } from '../../components/page.tsx'
import { shownIdentity } from '../../components/shown-identity.ts'
import { tellError } from '../../components/tell.ts'
import { usePages } from '../../components/use-pages.ts'
import { absoluteTime, shownTime } from '../../components/when.ts'

export function ClientsScene() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayCreate = useRight('contacts.create')
  const [text, setText] = useState('')
  const [query] = useDebouncedValue(text.trim(), 150)
  const list = usePages(['contacts', 'list', query], (cursor) => api.contacts.list({ limit: 50, ...(cursor && { cursor }), ...(query && { query }) }))
  const open = (cardId: string) => void navigate({ to: '/waiting/$cardId', params: { cardId } })
  const create = useMutation({
    mutationFn: () => api.contacts.create({ name: query }),
    onSuccess: (contact) => open(contact.cardId),
    onError: tellError,
  })
  const createButton = mayCreate && (
    <Button variant="default" onClick={() => create.mutate()}>
      {t('clients.create')}
    </Button>
  )
  const find = (
    <TextInput
      w="20rem"
      aria-label={t('common.search')}
      placeholder={t('clients.find')}
      leftSection={<IconSearch size={16} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  )
  return (
    <Page
      title={t('clients.title')}
      acts={
        <>
          {find}
          {createButton}
        </>
      }
    >
      <div className={classes.body}>
        {list.isPending && <SkeletonRows />}
        {list.isEmpty && <Empty title={query ? t('palette.nothing') : t('clients.empty')} hint={t('clients.emptyHint')} />}
        {list.items.length > 0 && (
          <table className={classes.table}>
            <thead>
              <tr>
                <th>{t('clients.name')}</th>
                <th>{t('clients.reach')}</th>
                <th>{t('clients.stage')}</th>
                <th>{t('clients.last')}</th>
              </tr>
            </thead>
            <tbody>
              {list.items.map((contact) => (
                <tr
                  key={contact.id}
                  data-clickable
                  tabIndex={0}
                  onClick={() => open(contact.cardId)}
                  onKeyDown={(event) => event.key === 'Enter' && open(contact.cardId)}
                >
                  <td>
                    <b>{contact.name || t('waiting.unnamed')}</b>
                  </td>
                  <td>{contact.identities.map(shownIdentity).join(' · ')}</td>
                  <td>
                    <Chip tone={contact.stage === 'client' ? 'good' : 'accent'}>{t(`card.${contact.stage}`)}</Chip>
                  </td>
                  <td title={absoluteTime(contact.lastTouchAt)}>{shownTime(contact.lastTouchAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <MoreButton {...(list.more && { more: list.more })} />
      </div>
    </Page>
  )
}
