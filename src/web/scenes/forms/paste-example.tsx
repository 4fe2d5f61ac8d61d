import { Button, CopyButton, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import components from '../../components/components.module.css'
import { Chip } from '../../components/page.tsx'
import { tell, tellError } from '../../components/tell.ts'
import type { ChannelView } from '../channels/channel-state.tsx'
import channels from '../channels/channels.module.css'
import classes from './forms.module.css'
import { mappingOf } from './mapping.ts'
import { roleWords } from './role-words.ts'

type Example = Awaited<ReturnType<typeof api.channelTools.example>>

/** A form or a command that somebody has already: read at once, and given back so that it sends here. */
export function PasteExample({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const read = useMutation({ mutationFn: () => api.channelTools.example({ id: channel.id, text }), onError: tellError })
  return (
    <details className={classes.paste}>
      <summary>{t('example.title')}</summary>
      <p className={components.hint}>{t('example.hint')}</p>
      <Textarea
        aria-label={t('example.label')}
        placeholder={`<form action="…"> …  /  curl -X POST …`}
        autosize
        minRows={3}
        maxRows={12}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.acts}>
        <Button variant="default" disabled={text.trim() === ''} loading={read.isPending} onClick={() => read.mutate()}>
          {t('example.read')}
        </Button>
        {read.data?.is === null && <span className={classes.bad}>{t('example.nothing')}</span>}
      </div>
      {read.data?.is && <Understood channel={channel} example={read.data} />}
    </details>
  )
}

function Understood({ channel, example }: { channel: ChannelView; example: Example }) {
  const { t, i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'ru'
  const apply = useMutation({
    mutationFn: () => api.channels.update({ id: channel.id, settings: { mapping: { ...mappingOf(channel.settings), ...example.mapping } } }),
    onSuccess: async () => {
      tell(t('example.applied'))
      await queryClient.invalidateQueries({ queryKey: ['channels'] })
    },
    onError: tellError,
  })
  const hasMapping = Object.keys(example.mapping).length > 0
  return (
    <>
      <h2>
        {example.is?.[language]}: {t('example.fields')}
      </h2>
      <ul className={classes.read}>
        {(example.items[0]?.fields ?? []).map((field) => (
          <li key={field.path}>
            <code>{field.name}</code> → <Chip tone={field.as ? 'accent' : 'plain'}>{roleWords(field.as ?? 'ignore')}</Chip>
          </li>
        ))}
      </ul>
      <div className={classes.acts}>
        {hasMapping ? (
          <Button variant="default" loading={apply.isPending} onClick={() => apply.mutate()}>
            {t('example.apply')}
          </Button>
        ) : (
          <span className={components.hint}>{t('example.nothingToApply')}</span>
        )}
      </div>
      {example.snippet && (
        <>
          <h2>{t('example.snippet')}</h2>
          <ol className={channels.steps}>
            {example.snippet.steps.map((step) => (
              <li key={step.en}>{step[language]}</li>
            ))}
          </ol>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long code scrolls by keys too */}
          <pre className={`${components.box} ${components.mono} ${classes.code}`} tabIndex={0}>
            {example.snippet.code}
          </pre>
          <CopyButton value={example.snippet.code}>
            {({ copy, copied }) => (
              <Button variant="default" onClick={copy}>
                {copied ? t('common.copied') : t('common.copy')}
              </Button>
            )}
          </CopyButton>
        </>
      )}
    </>
  )
}
