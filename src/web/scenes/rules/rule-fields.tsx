import { MultiSelect, Select, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { api } from '../../api/client.ts'
import { useChannels, useReaches } from '../../api/names.ts'
import classes from './rules.module.css'

export type RuleDraft = Parameters<typeof api.rules.create>[0]

const anywhere = 'anywhere'
/** Hours, and the words for them. */
const periods = { 12: 'hours12', 24: 'day', 168: 'week', 720: 'month', 0: 'once' } as const

interface RuleFieldsProps {
  draft: RuleDraft
  templates: { id: string; name: string }[]
  onChange(draft: RuleDraft): void
}

export function RuleFields({ draft, templates, onChange }: RuleFieldsProps) {
  const { t } = useTranslation()
  const channels = useChannels()
  const reaches = useReaches()
  const isForm = draft.trigger === 'form'
  const heard = channels.filter(({ media }) => media.includes('form') === isForm)
  const set = (change: Partial<RuleDraft>) => onChange({ ...draft, ...change })
  return (
    <div className={classes.fields}>
      <TextInput
        className={classes.wide ?? ''}
        label={t('answers.name')}
        required
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Select
        label={t('answers.trigger')}
        allowDeselect={false}
        value={draft.trigger}
        data={[
          { value: 'form', label: t('answers.form') },
          { value: 'closed', label: t('answers.closed') },
        ]}
        onChange={(value) =>
          set(
            value === 'closed'
              ? { trigger: 'closed', channelId: null, source: '', sendBy: [], periodHours: 12, needsConsent: false }
              : { trigger: 'form', channelId: null, periodHours: 720, needsConsent: true },
          )
        }
      />
      <Select
        label={t('answers.channel')}
        allowDeselect={false}
        value={draft.channelId ?? anywhere}
        data={[{ value: anywhere, label: t('answers.anywhere') }, ...heard.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(value) => set({ channelId: value === anywhere ? null : value })}
      />
      {isForm && (
        <TextInput
          className={classes.wide ?? ''}
          label={t('answers.source')}
          description={t('answers.sourceHint')}
          value={draft.source}
          onChange={(event) => set({ source: event.currentTarget.value })}
        />
      )}
      <Select
        label={t('answers.template')}
        allowDeselect={false}
        searchable
        required
        value={draft.templateId || null}
        data={templates.map(({ id, name }) => ({ value: id, label: name }))}
        {...(templates.length === 0 && { description: t('answers.newTemplate') })}
        onChange={(value) => set({ templateId: value ?? '' })}
      />
      <Select
        label={t('answers.period')}
        allowDeselect={false}
        value={String(draft.periodHours)}
        data={Object.entries(periods).map(([value, word]) => ({ value, label: t(`answers.${word}`) }))}
        onChange={(value) => set({ periodHours: Number(value) })}
      />
      {isForm && (
        <MultiSelect
          className={classes.wide ?? ''}
          label={t('answers.sendBy')}
          description={t('answers.sendByHint')}
          value={draft.sendBy}
          data={channels.filter(({ connector }) => reaches(connector).length > 0).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(sendBy) => set({ sendBy })}
        />
      )}
      <Switch
        className={classes.wide ?? ''}
        label={t('answers.consent')}
        checked={draft.needsConsent}
        onChange={(event) => set({ needsConsent: event.currentTarget.checked })}
      />
      {!isForm && <p className={classes.wide}>{t('answers.closedHint')}</p>}
    </div>
  )
}
