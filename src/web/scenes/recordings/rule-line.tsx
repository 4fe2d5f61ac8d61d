import { ActionIcon, NativeSelect, NumberInput } from '@mantine/core'
import { IconArrowUp, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { api } from '../../api/client.ts'
import { useChannels } from '../../api/names.ts'
import { shownSize } from '../../components/shown-size.ts'
import classes from './recordings.module.css'

export type Rule = Awaited<ReturnType<typeof api.retention.get>>['rules'][number]

const directions = ['inbound', 'outbound', 'internal'] as const
const outcomes = ['answered', 'missed', 'abandoned', 'busy', 'failed', 'voicemail', 'cancelled'] as const

interface LineProps {
  rule: Rule
  /** From 1. */
  place: number
  isFixed: boolean
  touched: { recordings: number; bytes: number } | undefined
  onChange(patch: Partial<Rule>): void
  onUp(): void
  onRemove(): void
}

/** One rule: which calls, for how long, and what it would erase now. */
export function RuleLine({ rule, place, isFixed, touched, onChange, onUp, onRemove }: LineProps) {
  const { t } = useTranslation()
  const channels = useChannels().filter(({ media }) => media.includes('voice'))
  return (
    <div className={classes.rule}>
      <b className={classes.figure}>{place}</b>
      <NativeSelect
        size="xs"
        disabled={isFixed}
        aria-label={t('retention.channel')}
        value={rule.channelId ?? ''}
        onChange={(event) => onChange({ channelId: event.currentTarget.value || null })}
        data={[{ value: '', label: t('retention.anyChannel') }, ...channels.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <NativeSelect
        size="xs"
        disabled={isFixed}
        aria-label={t('retention.direction')}
        value={rule.direction ?? ''}
        onChange={(event) => onChange({ direction: directions.find((one) => one === event.currentTarget.value) ?? null })}
        data={[{ value: '', label: t('retention.anyDirection') }, ...directions.map((one) => ({ value: one, label: t(`calls.${one}`) }))]}
      />
      <NativeSelect
        size="xs"
        disabled={isFixed}
        aria-label={t('retention.outcome')}
        value={rule.outcome ?? ''}
        onChange={(event) => onChange({ outcome: outcomes.find((one) => one === event.currentTarget.value) ?? null })}
        data={[{ value: '', label: t('retention.anyOutcome') }, ...outcomes.map((one) => ({ value: one, label: t(`callState.in_${one}`) }))]}
      />
      <NumberInput
        size="xs"
        disabled={isFixed}
        aria-label={t('retention.days')}
        placeholder={t('retention.forever')}
        suffix={t('retention.daysSuffix')}
        min={1}
        max={36_500}
        allowDecimal={false}
        value={rule.days ?? ''}
        onChange={(value) => onChange({ days: Number(value) >= 1 ? Math.floor(Number(value)) : null })}
      />
      <span className={`${classes.figure} ${classes.dim}`}>
        {touched &&
          (touched.recordings === 0
            ? t('retention.touchedNone')
            : t('retention.touched', { count: touched.recordings, size: shownSize(touched.bytes) }))}
      </span>
      <ActionIcon variant="subtle" color="gray" disabled={isFixed || place === 1} aria-label={t('retention.up', { n: place })} onClick={onUp}>
        <IconArrowUp size={14} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" disabled={isFixed} aria-label={t('retention.remove', { n: place })} onClick={onRemove}>
        <IconX size={14} />
      </ActionIcon>
    </div>
  )
}
