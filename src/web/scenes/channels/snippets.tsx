import { Button, CopyButton, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import components from '../../components/components.module.css'
import classes from './channels.module.css'

/** Code to copy into a site, for each way of building one. */
export function Snippets({ channelId }: { channelId: string }) {
  const { t, i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'ru'
  const [chosen, setChosen] = useState<string>()
  const snippets = useQuery({ queryKey: ['channels', channelId, 'snippets'], queryFn: () => api.channels.snippets({ id: channelId }) })
  const items = snippets.data?.items ?? []
  const shown = items.find((item) => item.id === chosen) ?? items[0]
  if (!shown) return null
  return (
    <div>
      <h2>{t('forms.snippets')}</h2>
      <Select
        aria-label={t('forms.snippets')}
        w="16rem"
        mb="sm"
        allowDeselect={false}
        value={shown.id}
        onChange={(id) => id && setChosen(id)}
        data={items.map((item) => ({ value: item.id, label: item.title[language] }))}
      />
      {shown.steps.length > 0 && (
        <ol className={classes.steps}>
          {shown.steps.map((step) => (
            <li key={step.en}>{step[language]}</li>
          ))}
        </ol>
      )}
      <pre className={`${components.box} ${components.mono}`} style={{ padding: '0.75rem', overflow: 'auto', maxHeight: '18rem' }}>
        {shown.code}
      </pre>
      <CopyButton value={shown.code}>
        {({ copy, copied }) => (
          <Button variant="default" onClick={copy}>
            {copied ? t('common.copied') : t('common.copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  )
}
