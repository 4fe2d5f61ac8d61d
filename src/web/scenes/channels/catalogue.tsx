import { SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import components from '../../components/components.module.css'
import { Chip, Empty, SkeletonRows } from '../../components/page.tsx'
import { type CatalogueItem, findConnectors, groupsOf, mediaOf } from './catalogue-groups.ts'
import classes from './channels.module.css'
import { ConnectorIcon } from './connector-icon.tsx'
import { isOutOfReach, useReach } from './reach.ts'

/** Everything that can be connected, from the manifests: by what it brings, found by any word of either language. */
export function Catalogue({ onChoose }: { onChoose(connectorId: string): void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [medium, setMedium] = useState('all')
  const isOut = isOutOfReach(useReach().data)
  const connectors = useQuery({ queryKey: ['connectors'], queryFn: () => api.connectors.list(), staleTime: Number.POSITIVE_INFINITY })
  const channels = useQuery({ queryKey: ['channels'], queryFn: () => api.channels.list() })
  const items = connectors.data?.items ?? []
  const found = findConnectors(items, { text, medium })
  const connected = (id: string) => channels.data?.items.filter(({ connector }) => connector === id).length ?? 0
  return (
    <div className={components.body}>
      <div className={classes.find}>
        <TextInput
          aria-label={t('common.search')}
          placeholder={t('catalogue.search')}
          leftSection={<IconSearch size={14} />}
          autoFocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('catalogue.sections')}
          value={medium}
          onChange={setMedium}
          data={['all', ...mediaOf(items)].map((value) => ({ value, label: value === 'all' ? t('catalogue.all') : sectionWords(value, t) }))}
        />
        <span className={components.hint} role="status">
          {t('catalogue.found', { n: found.length })}
        </span>
      </div>
      {connectors.isPending && <SkeletonRows />}
      {connectors.data && found.length === 0 && <Empty title={t('catalogue.nothing')} hint={t('catalogue.nothingHint')} />}
      {groupsOf(found, medium).map(({ medium: section, items: tiles }) => (
        <section key={section} className={classes.section} aria-label={sectionWords(section, t)}>
          <h2>{sectionWords(section, t)}</h2>
          <div className={classes.grid}>
            {tiles.map((connector) => (
              <Tile key={connector.id} connector={connector} connected={connected(connector.id)} isOut={isOut} onChoose={onChoose} />
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}

interface TileProps {
  connector: CatalogueItem
  connected: number
  isOut: boolean
  onChoose(connectorId: string): void
}

function Tile({ connector, connected, isOut, onChoose }: TileProps) {
  const { t, i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'ru'
  const { abilities } = connector
  return (
    <button type="button" className={classes.tile} onClick={() => onChoose(connector.id)}>
      <ConnectorIcon markup={connector.icon} />
      <b>{connector.title[language]}</b>
      <p title={connector.summary[language]}>{connector.summary[language]}</p>
      <span className={classes.marks}>
        {connected > 0 && <Chip tone="accent">{t('catalogue.connected', { n: connected })}</Chip>}
        {!abilities.includes('send') && !abilities.includes('placeCall') && <Chip>{t('catalogue.inOnly')}</Chip>}
        {abilities.includes('consentUrl') && <Chip>{t('catalogue.signIn')}</Chip>}
        {isOut && <ReachChip transport={connector.transport} />}
      </span>
    </button>
  )
}

const sections = ['email', 'voice', 'sms', 'chat', 'form'] as const

/** Media are an open list: one that nobody has words for stands under its own name. */
function sectionWords(medium: string, t: TFunction): string {
  const known = sections.find((one) => one === medium)
  return known ? t(`catalogue.medium.${known}`) : medium
}

/** Where services cannot call the hub: does this one need to be called? */
function ReachChip({ transport }: { transport: string[] }) {
  const { t } = useTranslation()
  if (transport.includes('session')) return <Chip tone="good">{t('reach.fetches')}</Chip>
  return transport.includes('webhook') ? <Chip tone="soon">{t('reach.needsAddress')}</Chip> : null
}
