import { Button, Checkbox, Switch, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import i18next from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useSession } from '../../api/session.ts'
import components from '../../components/components.module.css'
import { tellError } from '../../components/tell.ts'
import classes from '../rules/rules.module.css'
import type { WebhookItem } from './webhook-item.ts'

type Types = WebhookItem['types']

export function AddWebhook({ onAdded }: { onAdded(id: string, secret: string): void }) {
  const { t } = useTranslation()
  const isAdmin = useSession().user.role === 'admin'
  const [draft, setDraft] = useState({ name: '', url: '', types: ['entry.created', 'lead.created'] as Types, allowPrivate: false })
  const catalogue = useQuery({ queryKey: ['webhook-events'], queryFn: () => api.webhooks.events({}), staleTime: Number.POSITIVE_INFINITY })
  const create = useMutation({
    mutationFn: () => api.webhooks.create(draft),
    onSuccess: async ({ webhook, secret }) => {
      await queryClient.invalidateQueries({ queryKey: ['webhooks'] })
      onAdded(webhook.id, secret)
    },
    onError: tellError,
  })
  return (
    <form
      className={classes.fields}
      onSubmit={(event) => {
        event.preventDefault()
        create.mutate()
      }}
    >
      <TextInput
        label={t('webhooks.name')}
        required
        value={draft.name}
        onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
      />
      <TextInput
        label={t('webhooks.url')}
        type="url"
        required
        value={draft.url}
        onChange={(event) => setDraft({ ...draft, url: event.currentTarget.value })}
      />
      <Checkbox.Group
        className={classes.wide ?? ''}
        label={t('webhooks.types')}
        value={draft.types}
        onChange={(types) => setDraft({ ...draft, types: types as Types })}
      >
        {(catalogue.data?.items ?? []).map(({ type, title }) => (
          <Checkbox key={type} mt="xs" value={type} label={i18next.language === 'ru' ? title.ru : title.en} description={type} />
        ))}
      </Checkbox.Group>
      {isAdmin ? (
        <Switch
          className={classes.wide ?? ''}
          label={t('webhooks.allowPrivate')}
          description={t('webhooks.allowPrivateHint')}
          checked={draft.allowPrivate}
          onChange={(event) => setDraft({ ...draft, allowPrivate: event.currentTarget.checked })}
        />
      ) : (
        <p className={`${classes.wide} ${components.hint}`}>{t('webhooks.unapprovedHint')}</p>
      )}
      <div className={classes.acts}>
        <Button type="submit" disabled={draft.types.length === 0} loading={create.isPending}>
          {t('webhooks.add')}
        </Button>
      </div>
    </form>
  )
}
