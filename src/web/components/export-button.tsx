import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { useRight } from '../api/session.ts'
import { shownSize } from './shown-size.ts'
import { tell, tellError } from './tell.ts'
import { shownTime } from './when.ts'

type Asked = Parameters<typeof api.exports.create>[0]

/** What is on the list as a file, with its search and filters (`isWhole`: without them). Written by the server, also when the tab is closed; ready files lie here for a day. */
export function ExportButton({
  choices,
  filter,
}: {
  choices: { label: string; kind: Asked['kind']; format: 'csv' | 'xlsx'; isWhole?: true }[]
  filter: NonNullable<Asked['filter']>
}) {
  const { t, i18n } = useTranslation()
  const may = useRight('exports.create')
  const [awaited, setAwaited] = useState<string>()
  const list = useQuery({
    queryKey: ['exports'],
    queryFn: () => api.exports.list(),
    enabled: may,
    refetchInterval: ({ state }) => (state.data?.items.some(isRunning) ? 2_000 : false),
  })
  const create = useMutation({
    mutationFn: (asked: Asked) => api.exports.create(asked),
    onSuccess: async ({ id }) => {
      setAwaited(id)
      await queryClient.invalidateQueries({ queryKey: ['exports'] })
    },
    onError: tellError,
  })
  const cancel = useMutation({
    mutationFn: (id: string) => api.exports.cancel({ id }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['exports'] }),
    onError: tellError,
  })
  const items = list.data?.items ?? []
  const running = items.find(isRunning)
  const asked = items.find(({ id }) => id === awaited)
  useEffect(() => {
    if (!asked || isRunning(asked)) return
    setAwaited(undefined)
    if (asked.url) {
      tell(t('export.done'))
      window.location.assign(asked.url)
    } else if (asked.status === 'failed') tell(t(asked.error === 'too_many_rows' ? 'export.tooMany' : 'export.failed'))
  }, [asked, t])
  if (!may) return null
  const ready = items.filter(({ url }) => url)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={create.isPending} leftSection={<IconDownload size={16} aria-hidden />}>
          {running ? t('export.running', { n: running.done.toLocaleString(i18n.language) }) : t('export.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('export.filtered')}</Menu.Label>
        {choices.map(({ label, kind, format, isWhole }) => (
          <Menu.Item
            key={label}
            onClick={() => create.mutate({ kind, format, filter: isWhole ? {} : filter, language: i18n.language === 'en' ? 'en' : 'ru' })}
          >
            {label}
          </Menu.Item>
        ))}
        {running && <Menu.Item onClick={() => cancel.mutate(running.id)}>{t('export.cancel')}</Menu.Item>}
        {ready.length > 0 && <Menu.Label>{t('export.ready')}</Menu.Label>}
        {ready.slice(0, 5).map((item) => (
          <Menu.Item key={item.id} component="a" href={item.url ?? ''} download>
            {t(`export.kind.${item.kind}`)} {item.format.toUpperCase()} · {shownTime(item.createdAt)} · {shownSize(item.size)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function isRunning({ status }: { status: string }): boolean {
  return status === 'waiting' || status === 'running'
}
