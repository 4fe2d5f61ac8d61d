import { Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { Empty, Page, SkeletonRows } from '../../components/page.tsx'
import { usePages } from '../../components/use-pages.ts'
import { type Column, VirtualTable } from '../../components/virtual-table.tsx'
import { absoluteTime, shownClock } from '../../components/when.ts'
import { auditSubjects, shownAct, shownDetail, wholeDetail } from './audit-words.ts'

type AuditItem = Awaited<ReturnType<typeof api.audit.list>>['items'][number]

const typedMs = 300

/** Who did what, and when: sign-ins, exports, deletions, settings, cards that were looked at. */
export function AuditScene() {
  const { t } = useTranslation()
  const [actorId, setActorId] = useState<string | null>(null)
  const [action, setAction] = useState<string | null>(null)
  const [text, setText] = useState('')
  const [subject] = useDebouncedValue(text.trim(), typedMs)
  const people = useQuery({ queryKey: ['users', 'names'], queryFn: () => api.users.list({ limit: 200 }) }).data?.items ?? []
  const asked = { ...(actorId && { actorId }), ...(action && { action }), ...(subject && { subject }) }
  const list = usePages(['audit', asked], (cursor) => api.audit.list({ limit: 100, ...(cursor && { cursor }), ...asked }))
  return (
    <Page
      title={t('audit.title')}
      hint={t('audit.hint')}
      acts={
        <>
          <Select
            size="xs"
            clearable
            searchable
            aria-label={t('audit.who')}
            placeholder={t('audit.anybody')}
            data={people.map(({ id, name }) => ({ value: id, label: name }))}
            value={actorId}
            onChange={setActorId}
          />
          <Select
            size="xs"
            clearable
            aria-label={t('audit.what')}
            placeholder={t('audit.anything')}
            data={auditSubjects.map((value) => ({ value, label: t(`audit.of.${value}`) }))}
            value={action}
            onChange={setAction}
          />
          <TextInput
            size="xs"
            aria-label={t('audit.subject')}
            placeholder={t('audit.subjectHint')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </>
      }
    >
      {list.isPending && <SkeletonRows />}
      {list.isEmpty && <Empty title={t('palette.nothing')} hint={t('audit.empty')} />}
      {list.items.length > 0 && (
        <VirtualTable
          label={t('audit.title')}
          columns={columns(t, (id) => people.find((person) => person.id === id)?.name ?? '')}
          items={list.items}
          rowKey={(record) => record.id}
          {...(list.more && { more: list.more })}
        />
      )}
    </Page>
  )
}

function columns(t: TFunction, nameOf: (id: string | null) => string): Column<AuditItem>[] {
  const who = ({ actorId, actor }: AuditItem) =>
    nameOf(actorId) || (actor === 'api_key' ? t('audit.apiKey') : actor === 'nobody' ? t('audit.nobody') : t('audit.hub'))
  return [
    {
      key: 'at',
      title: t('audit.at'),
      width: '10rem',
      onPhone: 'aside',
      cell: (record) => <time>{shownClock(record.at)}</time>,
      hint: (record) => absoluteTime(record.at),
    },
    { key: 'who', title: t('audit.who'), width: 'minmax(0, 1.5fr)', onPhone: 'title', cell: (record) => <b>{who(record)}</b> },
    { key: 'what', title: t('audit.what'), width: 'minmax(0, 2fr)', cell: ({ action }) => shownAct(action), hint: ({ action }) => action },
    { key: 'detail', title: t('audit.detail'), width: 'minmax(0, 3fr)', cell: (record) => <Detail record={record} />, hint: wholeDetail },
    { key: 'ip', title: t('audit.ip'), width: '8.5rem', onPhone: 'hidden', cell: ({ ip }) => ip },
  ]
}

/** Of a card its name, which opens it. */
function Detail({ record }: { record: AuditItem }) {
  const { t } = useTranslation()
  const words = shownDetail(record)
  if (record.subject === null || record.subjectName === null) return words
  return (
    <>
      <Link to="/waiting/$cardId" params={{ cardId: record.subject }}>
        {record.subjectName || t('waiting.unnamed')}
      </Link>
      {words && ` · ${words}`}
    </>
  )
}
