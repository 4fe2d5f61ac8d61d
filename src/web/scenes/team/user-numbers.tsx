import { ActionIcon, Autocomplete, Button, Modal, NativeSelect } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation, useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useChannels } from '../../api/names.ts'
import { queryClient } from '../../api/query-client.ts'
import { tellError } from '../../components/tell.ts'
import routing from '../routing/routing.module.css'

export interface Line {
  channelId: string | null
  value: string
}

/** By which extension, SIP name or phone each PBX knows a person; where the PBX tells its phones, they are offered. */
export function UserNumbers({ user, numbers, onClose }: { user: { id: string; name: string }; numbers: Line[]; onClose(): void }) {
  const { t } = useTranslation()
  const [lines, setLines] = useState<Line[]>(numbers.length > 0 ? numbers : [{ channelId: null, value: '' }])
  const channels = useChannels().filter(({ media }) => media.includes('voice'))
  const phones = useQueries({
    queries: channels.map(({ id }) => ({ queryKey: ['phones', id], queryFn: () => api.numbers.phones({ id }), retry: false, staleTime: 60_000 })),
  })
  const offered = (channelId: string | null) =>
    channels.flatMap(({ id }, index) => (channelId === null || channelId === id ? (phones[index]?.data?.items ?? []) : []))
  const save = useMutation({
    mutationFn: () => api.numbers.save({ id: user.id, items: lines.filter(({ value }) => value.trim() !== '') }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['numbers'] })
      onClose()
    },
    onError: tellError,
  })
  const change = (at: number, patch: Partial<Line>) => setLines(lines.map((line, index) => (index === at ? { ...line, ...patch } : line)))
  return (
    <Modal opened onClose={onClose} title={t('numbers.title', { name: user.name })} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <div className={routing.form}>
        <p className={routing.hint}>{t('numbers.hint')}</p>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has nothing else to be told by while it is typed
          <div key={index} className={routing.bar}>
            <Autocomplete
              size="xs"
              aria-label={t('numbers.value')}
              placeholder={t('numbers.example')}
              value={line.value}
              data={[...new Set(offered(line.channelId).map(({ number }) => number))]}
              renderOption={({ option }) => `${option.value} ${offered(null).find(({ number }) => number === option.value)?.name ?? ''}`}
              onChange={(value) => change(index, { value })}
            />
            <NativeSelect
              size="xs"
              aria-label={t('numbers.channel')}
              value={line.channelId ?? ''}
              onChange={(event) => change(index, { channelId: event.currentTarget.value || null })}
              data={[{ value: '', label: t('numbers.everywhere') }, ...channels.map(({ id, name }) => ({ value: id, label: name }))]}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('numbers.remove', { value: line.value })}
              onClick={() => setLines(lines.toSpliced(index, 1))}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
        ))}
        <Button variant="subtle" size="xs" onClick={() => setLines([...lines, { channelId: null, value: '' }])}>
          {t('numbers.add')}
        </Button>
        <Button loading={save.isPending} onClick={() => save.mutate()}>
          {t('common.save')}
        </Button>
      </div>
    </Modal>
  )
}
