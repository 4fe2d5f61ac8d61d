import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import components from '../../components/components.module.css'
import { isSure } from '../../components/is-sure.ts'
import { tell, tellError } from '../../components/tell.ts'
import { DryRun } from './dry-run.tsx'
import { type RuleDraft, RuleFields } from './rule-fields.tsx'
import type { RuleItem } from './rule-item.ts'
import classes from './rules.module.css'

const fresh: RuleDraft = {
  name: '',
  trigger: 'form',
  channelId: null,
  source: '',
  templateId: '',
  sendBy: [],
  periodHours: 720,
  needsConsent: true,
}

/** One rule: what it answers and with what; tried on last week before it is let loose. */
export function RuleForm({ rule, onDone }: { rule: RuleItem | undefined; onDone(id: string | undefined): void }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<RuleDraft>(() => (rule ? draftOf(rule) : fresh))
  const templates = useQuery({ queryKey: ['templates'], queryFn: () => api.templates.list({}) })
  const changed = async (id: string | undefined, words: string) => {
    tell(words)
    await queryClient.invalidateQueries({ queryKey: ['rules'] })
    onDone(id)
  }
  const save = useMutation({
    mutationFn: () => (rule ? api.rules.update({ id: rule.id, ...draft }) : api.rules.create(draft)),
    onSuccess: ({ id }) => changed(id, t('answers.saved')),
    onError: tellError,
  })
  const pause = useMutation({
    mutationFn: (item: RuleItem) => (item.pausedAt ? api.rules.resume({ id: item.id }) : api.rules.pause({ id: item.id })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['rules'] }),
    onError: tellError,
  })
  const remove = useMutation({
    mutationFn: (id: string) => api.rules.delete({ id }),
    onSuccess: () => changed(undefined, t('answers.removed')),
    onError: tellError,
  })
  const dryRun = useMutation({ mutationFn: () => api.rules.dryRun(draft), onError: tellError })
  const isWhole = draft.templateId !== '' && (draft.trigger === 'closed' || draft.sendBy.length > 0)
  return (
    <form
      className={classes.panel}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <RuleFields draft={draft} templates={templates.data?.items ?? []} onChange={setDraft} />
      <div className={classes.acts}>
        <Button type="submit" disabled={!isWhole || draft.name.trim() === ''} loading={save.isPending}>
          {rule ? t('common.save') : t('answers.save')}
        </Button>
        <Button variant="default" disabled={!isWhole} loading={dryRun.isPending} title={t('answers.dryRunHint')} onClick={() => dryRun.mutate()}>
          {t('answers.dryRun')}
        </Button>
        <span className={classes.grow} />
        {rule && (
          <>
            <Button variant="default" loading={pause.isPending} onClick={() => pause.mutate(rule)}>
              {rule.pausedAt ? t('answers.resume') : t('answers.pause')}
            </Button>
            <Button variant="subtle" color="red" onClick={() => isSure(rule.name) && remove.mutate(rule.id)}>
              {t('answers.remove')}
            </Button>
          </>
        )}
      </div>
      <p className={components.hint}>{t('answers.saveHint')}</p>
      {dryRun.data && <DryRun run={dryRun.data} />}
    </form>
  )
}

function draftOf({ name, trigger, channelId, source, templateId, sendBy, periodHours, needsConsent }: RuleItem): RuleDraft {
  return { name, trigger, channelId, source, templateId, sendBy, periodHours, needsConsent }
}
