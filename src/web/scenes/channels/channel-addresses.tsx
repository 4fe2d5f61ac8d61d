import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { tell, tellError } from '../../components/tell.ts'
import routing from '../routing/routing.module.css'

type Address = Awaited<ReturnType<typeof api.addresses.list>>['items'][number]

const fields = ['value', 'name', 'source'] as const

/** Our numbers behind a PBX: what each is called, where it is printed, and whose its calls are. */
export function ChannelAddresses({ channelId }: { channelId: string }) {
  const { t } = useTranslation()
  const [written, setWritten] = useState<Address[]>()
  const stored = useQuery({ queryKey: ['addresses', channelId], queryFn: () => api.addresses.list({ id: channelId }) })
  const teams = useQuery({ queryKey: ['teams'], queryFn: () => api.teams.list({ limit: 200 }) })
  const items = written ?? stored.data?.items ?? []
  const save = useMutation({
    mutationFn: () => api.addresses.save({ id: channelId, items: items.filter(({ value }) => value.trim() !== '') }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['addresses'] })
      setWritten(undefined)
      tell(t('addresses.saved'))
    },
    onError: tellError,
  })
  const change = (at: number, patch: Partial<Address>) => setWritten(items.map((item, index) => (index === at ? { ...item, ...patch } : item)))
  return (
    <details>
      <summary>{t('addresses.title')}</summary>
      <div className={routing.form}>
        <p className={routing.hint}>{t('addresses.hint')}</p>
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has nothing else to be told by while it is typed
          <div key={index} className={routing.bar}>
            {fields.map((field) => (
              <TextInput
                key={field}
                size="xs"
                aria-label={t(`addresses.${field}`)}
                placeholder={t(`addresses.${field}`)}
                value={item[field] ?? ''}
                onChange={(event) => change(index, { [field]: event.currentTarget.value })}
              />
            ))}
            <NativeSelect
              size="xs"
              aria-label={t('addresses.team')}
              value={item.teamId ?? ''}
              onChange={(event) => change(index, { teamId: event.currentTarget.value || null })}
              data={[
                { value: '', label: t('addresses.teamOfChannel') },
                ...(teams.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('addresses.remove', { value: item.value })}
              onClick={() => setWritten(items.toSpliced(index, 1))}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
        ))}
        <div className={routing.bar}>
          <Button variant="subtle" size="xs" onClick={() => setWritten([...items, { value: '', name: null, source: null, teamId: null }])}>
            {t('addresses.add')}
          </Button>
          <Button variant="default" disabled={!written} loading={save.isPending} onClick={() => save.mutate()}>
            {t('common.save')}
          </Button>
        </div>
      </div>
    </details>
  )
}
