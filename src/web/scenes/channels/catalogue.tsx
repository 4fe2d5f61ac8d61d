import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import components from '../../components/components.module.css'
import { Chip, SkeletonRows } from '../../components/page.tsx'
import classes from './channels.module.css'
import { ConnectorIcon } from './connector-icon.tsx'
import { isOutOfReach, useReach } from './reach.ts'

/** Everything that can be connected, from the manifests. */
export function Catalogue({ onChoose }: { onChoose(connectorId: string): void }) {
  const { t, i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'ru'
  const [text, setText] = useState('')
  const isOut = isOutOfReach(useReach().data)
  const connectors = useQuery({ queryKey: ['connectors'], queryFn: () => api.connectors.list(), staleTime: Number.POSITIVE_INFINITY })
  const found =
    connectors.data?.items.filter((item) =>
      `${item.title.ru} ${item.title.en} ${item.summary[language]}`.toLowerCase().includes(text.toLowerCase()),
    ) ?? []
  return (
    <div className={components.body}>
      <TextInput
        aria-label={t('common.search')}
        placeholder={t('channels.catalogue')}
        mb="md"
        w="20rem"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {connectors.isPending && <SkeletonRows />}
      <div className={classes.grid}>
        {found.map((connector) => (
          <button key={connector.id} type="button" className={classes.tile} onClick={() => onChoose(connector.id)}>
            <ConnectorIcon markup={connector.icon} />
            <b>{connector.title[language]}</b>
            <p>{connector.summary[language]}</p>
            {isOut && <ReachChip transport={connector.transport} />}
          </button>
        ))}
      </div>
    </div>
  )
}

/** Where services cannot call the hub: does this one need to be called? */
function ReachChip({ transport }: { transport: string[] }) {
  const { t } = useTranslation()
  if (transport.includes('session')) return <Chip tone="good">{t('reach.fetches')}</Chip>
  return transport.includes('webhook') ? <Chip tone="soon">{t('reach.needsAddress')}</Chip> : null
}
