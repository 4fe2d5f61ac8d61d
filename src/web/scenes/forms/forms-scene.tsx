import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import components from '../../components/components.module.css'
import { Empty, Page, SkeletonRows } from '../../components/page.tsx'
import { tellError } from '../../components/tell.ts'
import { ChannelState } from '../channels/channel-state.tsx'
import channelClasses from '../channels/channels.module.css'
import { FormPanel } from './form-panel.tsx'
import classes from './forms.module.css'

const connector = 'form'

/** Site forms: each with its address, ready code, the meaning of its fields, and a test at hand. */
export function FormsScene() {
  const { t } = useTranslation()
  const { channelId, deliveryId } = useSearch({ from: '/shell/forms' })
  const [chosen, setChosen] = useState(channelId)
  const channels = useQuery({ queryKey: ['channels'], queryFn: () => api.channels.list() })
  const forms = channels.data?.items.filter((channel) => channel.connector === connector) ?? []
  const form = forms.find((channel) => channel.id === chosen) ?? forms[0]
  const create = useMutation({
    mutationFn: () => api.channels.create({ connector, name: `${t('conversation.form')} ${forms.length + 1}`, settings: {} }),
    onSuccess: async (channel) => {
      await queryClient.invalidateQueries({ queryKey: ['channels'] })
      setChosen(channel.id)
    },
    onError: tellError,
  })
  const add = (
    <Button loading={create.isPending} onClick={() => create.mutate()}>
      {t('forms.create')}
    </Button>
  )
  return (
    <Page title={t('forms.title')} acts={forms.length > 0 && add}>
      {channels.isPending && <SkeletonRows />}
      {channels.data && forms.length === 0 && (
        <Empty title={t('forms.empty')} hint={t('forms.emptyHint')}>
          {add}
        </Empty>
      )}
      {form && (
        <div className={classes.split}>
          <div className={classes.list}>
            {forms.map((channel) => (
              <button
                key={channel.id}
                type="button"
                className={channelClasses.row}
                aria-pressed={channel.id === form.id}
                onClick={() => setChosen(channel.id)}
              >
                <b className={components.grow}>{channel.name}</b>
                <ChannelState channel={channel} isShort />
              </button>
            ))}
          </div>
          <FormPanel key={form.id} channel={form} {...(form.id === channelId && deliveryId && { deliveryId })} />
        </div>
      )}
    </Page>
  )
}
