import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { uploadAttachment } from '../../api/upload-attachment.ts'
import { Empty, SkeletonRows } from '../../components/page.tsx'
import { errorWords, tellError } from '../../components/tell.ts'
import { type Approved, chosenOf, filledParts, isFilled } from './approved-preview.ts'
import classes from './limits-bar.module.css'
import type { Way } from './ways.ts'

interface ApprovedPickerProps {
  way: Way
  cardId: string
  onClose(): void
}

/** The vendor's own approved messages: chosen by name and language, filled in, seen as the client will, and sent. */
export function ApprovedPicker({ way, cardId, onClose }: ApprovedPickerProps) {
  const { t } = useTranslation()
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<string>()
  const list = useQuery({
    queryKey: ['approved', way.channelId],
    queryFn: () => api.approvedTemplates.list({ id: way.channelId }),
    staleTime: 60_000,
    retry: false,
  })
  const renew = useMutation({
    mutationFn: () => api.approvedTemplates.list({ id: way.channelId, fresh: 'true' }),
    onSuccess: (fresh) => queryClient.setQueryData(['approved', way.channelId], fresh),
    onError: tellError,
  })
  const wanted = search.trim().toLowerCase()
  const items = (list.data?.items ?? []).filter((one) => `${one.name} ${one.language} ${one.body}`.toLowerCase().includes(wanted))
  const template = items.find((one) => keyOf(one) === chosen) ?? items[0]
  const again = (
    <Button variant="subtle" size="compact-xs" loading={renew.isPending} onClick={() => renew.mutate()}>
      {t('approved.renew')}
    </Button>
  )
  return (
    <Modal opened onClose={onClose} title={t('approved.title')} size="xl" closeButtonProps={{ 'aria-label': t('common.close') }}>
      {list.isPending && <SkeletonRows />}
      {list.isError && (
        <Empty title={t('approved.failed')} hint={errorWords(list.error)}>
          {again}
        </Empty>
      )}
      {list.data?.items.length === 0 && (
        <Empty title={t('approved.none')} hint={t('approved.noneHint')}>
          {again}
        </Empty>
      )}
      {list.data && list.data.items.length > 0 && (
        <div className={classes.picker}>
          <div className={classes.names}>
            <TextInput
              data-autofocus
              aria-label={t('approved.search')}
              placeholder={t('approved.search')}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            {items.map((one) => (
              <button key={keyOf(one)} type="button" className={classes.name} aria-pressed={one === template} onClick={() => setChosen(keyOf(one))}>
                {one.name}
                <span>{[one.language, one.category?.toLowerCase()].filter(Boolean).join(' · ')}</span>
              </button>
            ))}
            {again}
          </div>
          {template && <Filling key={keyOf(template)} template={template} way={way} cardId={cardId} onSent={onClose} />}
        </div>
      )}
    </Modal>
  )
}

const keyOf = ({ name, language }: Approved) => `${name} ${language}`

interface FillingProps {
  template: Approved
  way: Way
  cardId: string
  onSent(): void
}

function Filling({ template, way, cardId, onSent }: FillingProps) {
  const { t } = useTranslation()
  const [values, setValues] = useState<Record<string, string>>({})
  const [file, setFile] = useState<File>()
  const send = useMutation({
    mutationFn: async () => {
      const attachments = file ? [await uploadAttachment(file)] : []
      const message = { text: '', template: chosenOf(template, values), ...(attachments.length > 0 && { attachments }) }
      if (way.conversationId) return await api.conversations.send({ id: way.conversationId, ...message })
      return await api.conversations.start({ id: cardId, channelId: way.channelId, ...message })
    },
    onSuccess: async () => {
      onSent()
      await Promise.all(['timeline', 'waiting', 'conversations'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
    },
    onError: tellError,
  })
  const isReady = isFilled(template, values) && (template.file === undefined || file !== undefined)
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) send.mutate()
      }}
    >
      {template.places.map(({ id, example }) => (
        <TextInput
          key={id}
          label={placeLabel(id, t)}
          placeholder={example ?? ''}
          value={values[id] ?? ''}
          onChange={(event) => setValues({ ...values, [id]: event.currentTarget.value })}
        />
      ))}
      {template.file && (
        <label>
          {t(`approved.file.${template.file}`)}{' '}
          <input type="file" accept={accepted[template.file]} onChange={(event) => setFile(event.currentTarget.files?.[0])} />
        </label>
      )}
      <div className={classes.preview} aria-label={t('approved.preview')} role="note">
        {template.header && (
          <b>
            <Words text={template.header} values={values} />
            {'\n'}
          </b>
        )}
        <Words text={template.body} values={values} />
        {template.footer && <div className={classes.foot}>{template.footer}</div>}
      </div>
      {template.buttons.length > 0 && (
        <div className={classes.buttons}>
          {template.buttons.map((caption) => (
            <span key={caption}>{caption}</span>
          ))}
        </div>
      )}
      <div className={classes.acts}>
        <Button type="submit" disabled={!isReady} loading={send.isPending}>
          {t('conversation.send')}
        </Button>
      </div>
    </form>
  )
}

const accepted = { image: 'image/jpeg,image/png', video: 'video/mp4,video/3gpp', document: '' } as const

function Words({ text, values }: { text: string; values: Record<string, string> }) {
  return filledParts(text, values).map(({ at, words, isEmpty }) => <Fragment key={at}>{isEmpty ? <mark>{words}</mark> : words}</Fragment>)
}

/** `body.1` is the first place of the text; vendors name some of them in words. */
function placeLabel(id: string, t: ReturnType<typeof useTranslation>['t']): string {
  const [part = '', name = ''] = id.split('.')
  if (part === 'button') return t('approved.place.button', { n: Number(name) + 1 })
  return t(part === 'header' ? 'approved.place.header' : 'approved.place.body', { n: name })
}
