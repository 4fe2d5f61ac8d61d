import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import components from '../../components/components.module.css'
import { isSure } from '../../components/is-sure.ts'
import { tell, tellError } from '../../components/tell.ts'
import type { TemplateItem } from './rule-item.ts'
import classes from './rules.module.css'
import { TemplateFiles } from './template-files.tsx'

interface TemplateFormProps {
  template: TemplateItem | undefined
  variables: string[]
  onDone(id: string | undefined): void
}

type Draft = Omit<TemplateItem, 'id' | 'updatedAt'>

export function TemplateForm({ template, variables, onDone }: TemplateFormProps) {
  const { t } = useTranslation()
  const field = useRef<HTMLTextAreaElement>(null)
  const [draft, setDraft] = useState<Draft>(() => template ?? { name: '', subject: '', text: '', language: null, teamId: null, files: [] })
  const teams = useQuery({ queryKey: ['teams'], queryFn: () => api.teams.list({ limit: 200 }) })
  const changed = async (id: string | undefined, words: string) => {
    tell(words)
    await queryClient.invalidateQueries({ queryKey: ['templates'] })
    onDone(id)
  }
  const save = useMutation({
    mutationFn: () => {
      const { name, subject, text, language, teamId, files } = draft
      const fields = { name, subject, text, language, teamId, fileIds: files.map(({ id }) => id) }
      return template ? api.templates.update({ id: template.id, ...fields }) : api.templates.create(fields)
    },
    onSuccess: ({ id }) => changed(id, t('templates.saved')),
    onError: tellError,
  })
  const remove = useMutation({
    mutationFn: (id: string) => api.templates.delete({ id }),
    onSuccess: () => changed(undefined, t('templates.removed')),
    onError: tellError,
  })
  function insert(variable: string): void {
    const at = field.current?.selectionStart ?? draft.text.length
    setDraft({ ...draft, text: `${draft.text.slice(0, at)}{{${variable}}}${draft.text.slice(at)}` })
    field.current?.focus()
  }
  return (
    <form
      className={classes.panel}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <div className={classes.fields}>
        <TextInput
          label={t('templates.name')}
          required
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
        />
        <Select
          label={t('templates.team')}
          clearable
          placeholder={t('templates.everybody')}
          value={draft.teamId}
          data={(teams.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(teamId) => setDraft({ ...draft, teamId })}
        />
        <Select
          label={t('templates.language')}
          clearable
          placeholder={t('templates.anyLanguage')}
          value={draft.language}
          data={[
            { value: 'ru', label: 'Русский' },
            { value: 'en', label: 'English' },
          ]}
          onChange={(value) => setDraft({ ...draft, language: value === 'ru' || value === 'en' ? value : null })}
        />
        <TextInput
          label={t('templates.subject')}
          value={draft.subject}
          onChange={(event) => setDraft({ ...draft, subject: event.currentTarget.value })}
        />
        <Textarea
          ref={field}
          className={classes.wide ?? ''}
          label={t('templates.text')}
          required
          autosize
          minRows={6}
          maxRows={20}
          value={draft.text}
          onChange={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
        />
        <div className={`${classes.wide} ${classes.chips}`}>
          <span className={components.hint}>{t('templates.variables')}</span>
          {variables.map((variable) => (
            <button key={variable} type="button" title={`{{${variable}}}`} onClick={() => insert(variable)}>
              {t(`templates.variable.${variable.replace('.', '·')}`)}
            </button>
          ))}
        </div>
        <TemplateFiles files={draft.files} onChange={(files) => setDraft((now) => ({ ...now, files: files(now.files) }))} />
      </div>
      <div className={classes.acts}>
        <Button type="submit" loading={save.isPending}>
          {t('common.save')}
        </Button>
        <span className={classes.grow} />
        {template && (
          <Button variant="subtle" color="red" onClick={() => isSure(template.name) && remove.mutate(template.id)}>
            {t('templates.remove')}
          </Button>
        )}
      </div>
    </form>
  )
}
