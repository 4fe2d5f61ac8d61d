import { ActionIcon, Button, Checkbox, Menu, SegmentedControl, TextInput } from '@mantine/core'
import { IconColumns, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ColumnKey, columnKeys, fixedColumns } from './client-columns.tsx'
import { type ClientFilter, everybody, isSameFilter, type useClientViews } from './client-views.ts'
import classes from './clients.module.css'

interface ClientsFilterProps {
  value: ClientFilter
  views: ReturnType<typeof useClientViews>
  titleOf(key: ColumnKey): string
  onChange(filter: ClientFilter): void
}

/** Which clients are shown; filters kept under a name; columns. */
export function ClientsFilter({ value, views, titleOf, onChange }: ClientsFilterProps) {
  const { t } = useTranslation()
  const isKept = views.saved.some((filter) => isSameFilter(filter, value))
  return (
    <div className={classes.filter}>
      <SegmentedControl
        size="xs"
        aria-label={t('clients.stage')}
        value={value.stage}
        onChange={(stage) => onChange({ ...value, stage: stage as ClientFilter['stage'] })}
        data={[
          { value: 'all', label: t('common.all') },
          { value: 'lead', label: t('views.leads') },
          { value: 'client', label: t('views.clients') },
        ]}
      />
      <Checkbox
        size="xs"
        label={t('views.mine')}
        checked={value.isMine}
        onChange={(event) => onChange({ ...value, isMine: event.currentTarget.checked })}
      />
      {views.saved.map((filter) => (
        <span key={filter.name} className={classes.saved} data-chosen={isSameFilter(filter, value)}>
          <button type="button" aria-pressed={isSameFilter(filter, value)} onClick={() => onChange(isSameFilter(filter, value) ? everybody : filter)}>
            {filter.name}
          </button>
          <button type="button" aria-label={t('views.forget', { name: filter.name })} onClick={() => views.forget(filter.name)}>
            <IconX size={12} aria-hidden />
          </button>
        </span>
      ))}
      {!isKept && !isSameFilter(value, everybody) && <KeepFilter onKeep={(name) => views.save({ ...value, name })} />}
      <span className={classes.grow} />
      <Menu closeOnItemClick={false} position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" visibleFrom="sm" aria-label={t('views.columns')} title={t('views.columns')}>
            <IconColumns size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {columnKeys
            .filter((key) => !fixedColumns.includes(key))
            .map((key) => (
              <Menu.CheckboxItem key={key} checked={views.columns.includes(key)} onChange={() => views.toggle(key)}>
                {titleOf(key)}
              </Menu.CheckboxItem>
            ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

function KeepFilter({ onKeep }: { onKeep(name: string): void }) {
  const { t } = useTranslation()
  const [name, setName] = useState<string>()
  if (name === undefined) {
    return (
      <Button variant="subtle" onClick={() => setName('')}>
        {t('views.keep')}
      </Button>
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') onKeep(name.trim())
        setName(undefined)
      }}
    >
      <TextInput
        size="xs"
        w="11rem"
        autoFocus
        maxLength={40}
        aria-label={t('views.name')}
        placeholder={t('views.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={() => setName(undefined)}
        onKeyDown={(event) => event.key === 'Escape' && setName(undefined)}
      />
    </form>
  )
}
