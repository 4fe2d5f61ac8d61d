import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import components from '../../components/components.module.css'
import { Empty, Page, SkeletonRows } from '../../components/page.tsx'
import { tell, tellError } from '../../components/tell.ts'
import { ChannelPanel } from '../channels/channel-panel.tsx'
import { ChannelState } from '../channels/channel-state.tsx'
import classes from '../channels/channels.module.css'

const connector = 'form'

/** Site forms: each with its address, ready code, and a test request at hand. */
export function FormsScene() {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string>()
  const channels = useQuery({ queryKey: ['channels'], queryFn: () => api.channels.list() })
  const forms = channels.data?.items.filter((channel) => channel.connector === connector) ?? []
  const form = forms.find((channel) => channel.id === chosen) ?? forms[0]
  const hookUrl = form?.hookUrl
  const create = useMutation({
    mutationFn: () => api.channels.create({ connector, name: `${t('conversation.form')} ${forms.length + 1}`, settings: {} }),
    onSuccess: async (channel) => {
      await queryClient.invalidateQueries({ queryKey: ['channels'] })
      setChosen(channel.id)
    },
    onError: tellError,
  })
  const send = useMutation({
    mutationFn: (address: string) =>
      fetch(new URL(address).pathname, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Switchboard', message: t('forms.send') }),
      }),
    onSuccess: () => tell(t('forms.sent')),
    onError: tellError,
  })
  const add = (
    <Button loading={create.isPending} onClick={() => create.mutate()}>
      {t('forms.create')}
    </Button>
  )
  return (
    <Page
      title={t('forms.title')}
      acts={
        <>
          {hookUrl && (
            <Button variant="default" onClick={() => send.mutate(hookUrl)}>
              {t('forms.send')}
            </Button>
          )}
          {forms.length > 0 && add}
        </>
      }
    >
      <div className={classes.split}>
        <div className={components.body}>
          {channels.isPending && <SkeletonRows />}
          {channels.data && forms.length === 0 && (
            <Empty title={t('forms.empty')} hint={t('forms.emptyHint')}>
              {add}
            </Empty>
          )}
          {forms.map((channel) => (
            <button
              key={channel.id}
              type="button"
              className={classes.row}
              aria-pressed={channel.id === form?.id}
              onClick={() => setChosen(channel.id)}
            >
              <b>{channel.name}</b>
              <span className={components.grow} />
              <ChannelState channel={channel} />
            </button>
          ))}
        </div>
        {form && <ChannelPanel key={form.id} channel={form} />}
      </div>
    </Page>
  )
}
