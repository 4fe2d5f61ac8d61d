import { Button, Checkbox, NativeSelect, NumberInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { SkeletonRows } from '../../components/page.tsx'
import { tell, tellError } from '../../components/tell.ts'
import { HoursFields } from './hours-fields.tsx'
import classes from './routing.module.css'
import type { Rule, ScopedRule } from './rule.ts'

type Sharing = NonNullable<Rule['sharing']>

const sharings: readonly Sharing[] = ['nobody', 'least_loaded', 'round_robin', 'in_order', 'everyone']

interface RuleFormProps {
  scope: ScopedRule['scope']
  /** Null for the firm. */
  subjectId: string | null
}

/** Hours, targets and sharing of the firm, a team or a channel. What is left empty is taken from the wider one. */
export function RuleForm(props: RuleFormProps) {
  const rules = useQuery({ queryKey: ['routing'], queryFn: () => api.routing.rules() })
  if (!rules.data) return <SkeletonRows count={3} />
  const stored = rules.data.items.find(({ scope, subjectId }) => scope === props.scope && subjectId === props.subjectId)?.rule ?? {}
  const ownerFirst = rules.data.items.find(({ scope }) => scope === 'firm')?.rule.ownerFirst ?? true
  return <RuleFields key={JSON.stringify(stored)} {...props} stored={stored} ownerFirst={ownerFirst} />
}

/** `ownerFirst`: what holds where this rule says nothing. */
function RuleFields({ scope, subjectId, stored, ownerFirst }: RuleFormProps & { stored: Rule; ownerFirst: boolean }) {
  const { t } = useTranslation()
  const [rule, setRule] = useState<Rule>(stored)
  const [fault, setFault] = useState(false)
  const save = useMutation({
    mutationFn: () => api.routing.save({ scope, subjectId: subjectId ?? 'firm', rule }),
    onSuccess: async () => {
      tell(t('routing.saved'))
      await Promise.all(['routing', 'waiting', 'conversations'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
    },
    onError: tellError,
  })
  const isFirm = scope === 'firm'
  const set = <Name extends keyof Rule>(name: Name, value: Rule[Name] | undefined) => {
    const { [name]: _, ...rest } = rule
    setRule(value === undefined ? rest : { ...rest, [name]: value })
  }
  const minutes = (name: 'targetMinutes' | 'absentMinutes' | 'unreadMinutes', label: string, standard: number) => (
    <NumberInput
      size="xs"
      label={label}
      min={name === 'unreadMinutes' ? 0 : 1}
      max={10_000}
      allowDecimal={false}
      placeholder={isFirm ? String(standard) : t('routing.inherit')}
      value={rule[name] ?? ''}
      onChange={(value) => set(name, typeof value === 'number' ? value : undefined)}
    />
  )
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <HoursFields isFirm={isFirm} hours={rule.hours} onChange={(hours) => set('hours', hours)} onFault={setFault} />
      <div className={classes.fields}>
        <NativeSelect
          size="xs"
          label={t('routing.sharing')}
          value={rule.sharing ?? ''}
          onChange={(event) =>
            set(
              'sharing',
              sharings.find((one) => one === event.currentTarget.value),
            )
          }
          data={[
            { value: '', label: isFirm ? t('routing.nobody') : t('routing.inherit') },
            ...sharings.filter((one) => !isFirm || one !== 'nobody').map((value) => ({ value, label: t(`routing.${value}`) })),
          ]}
        />
        {minutes('targetMinutes', t('routing.target'), 60)}
        {minutes('absentMinutes', t('routing.absent'), 10)}
        {minutes('unreadMinutes', t('routing.unread'), 10)}
        <Checkbox
          size="xs"
          label={t('routing.ownerFirst')}
          checked={rule.ownerFirst ?? ownerFirst}
          onChange={(event) => set('ownerFirst', event.currentTarget.checked)}
        />
      </div>
      <Button type="submit" size="xs" variant="default" disabled={fault} loading={save.isPending}>
        {t('common.save')}
      </Button>
    </form>
  )
}
