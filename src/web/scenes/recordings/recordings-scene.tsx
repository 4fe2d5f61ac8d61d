import { Button } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { Empty, Page, SkeletonRows } from '../../components/page.tsx'
import { tell, tellError } from '../../components/tell.ts'
import { OutdatedList } from './outdated-list.tsx'
import classes from './recordings.module.css'
import { type Rule, RuleLine } from './rule-line.tsx'

const newRule: Rule = { channelId: null, direction: null, outcome: null, days: 365 }

/** How long the sound of which calls is kept; what the rules would erase is shown before they are saved. */
export function RecordingsScene() {
  const { t } = useTranslation()
  const maySave = useRight('retention.save')
  const [written, setWritten] = useState<Rule[]>()
  const stored = useQuery({ queryKey: ['retention'], queryFn: () => api.retention.get() })
  const rules = written ?? stored.data?.rules ?? []
  const preview = useQuery({
    queryKey: ['retention', 'preview', rules],
    queryFn: () => api.retention.preview({ rules }),
    enabled: stored.data !== undefined && rules.length > 0,
    placeholderData: keepPreviousData,
  })
  const save = useMutation({
    mutationFn: () => api.retention.save({ rules }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['retention'] })
      setWritten(undefined)
      tell(t('retention.saved'))
    },
    onError: tellError,
  })
  const up = (index: number) => {
    const rule = rules[index]
    if (rule) setWritten(rules.toSpliced(index, 1).toSpliced(index - 1, 0, rule))
  }
  const add = (
    <Button size="xs" variant="default" onClick={() => setWritten([...rules, newRule])}>
      {t('retention.add')}
    </Button>
  )
  return (
    <Page
      title={t('retention.title')}
      hint={t('retention.hint')}
      acts={
        maySave && (
          <Button disabled={written === undefined} loading={save.isPending} onClick={() => save.mutate()}>
            {t('common.save')}
          </Button>
        )
      }
    >
      {stored.isPending && <SkeletonRows count={3} />}
      {stored.data && rules.length === 0 && (
        <Empty title={t('retention.empty')} hint={t('retention.emptyHint')}>
          {maySave && add}
        </Empty>
      )}
      {rules.length > 0 && (
        <div className={classes.body}>
          <p className={classes.dim}>{t('retention.how')}</p>
          {rules.map((rule, index) => (
            <RuleLine
              // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place
              key={index}
              rule={rule}
              place={index + 1}
              isFixed={!maySave}
              touched={preview.data?.byRule[index]}
              onChange={(patch) => setWritten(rules.map((one, at) => (at === index ? { ...one, ...patch } : one)))}
              onUp={() => up(index)}
              onRemove={() => setWritten(rules.toSpliced(index, 1))}
            />
          ))}
          <div className={classes.acts}>{maySave && add}</div>
          {preview.data && <OutdatedList preview={preview.data} />}
        </div>
      )}
    </Page>
  )
}
