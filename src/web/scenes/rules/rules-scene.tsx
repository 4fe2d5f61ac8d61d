import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page.tsx'
import { Firings } from './firings.tsx'
import { RulesTab } from './rules-tab.tsx'
import { TemplatesTab } from './templates-tab.tsx'

const tabs = ['rules', 'templates', 'firings'] as const
type Tab = (typeof tabs)[number]

/** What is answered by itself, with which words, and what came of it. */
export function RulesScene() {
  const { t } = useTranslation()
  const [tab, setTab] = useState<Tab>('rules')
  const [chosen, setChosen] = useState<string>()
  return (
    <Page
      title={t('answers.title')}
      hint={t('answers.hint')}
      acts={tab !== 'firings' && <Button onClick={() => setChosen('new')}>{tab === 'rules' ? t('answers.create') : t('templates.create')}</Button>}
    >
      <div style={{ padding: '0.5rem 1rem', borderBottom: '1px solid var(--line)' }}>
        <SegmentedControl
          value={tab}
          data={tabs.map((value) => ({ value, label: t(`answers.tabs.${value}`) }))}
          onChange={(value) => {
            setTab(value)
            setChosen(undefined)
          }}
        />
      </div>
      {tab === 'rules' && <RulesTab chosen={chosen} onChoose={setChosen} />}
      {tab === 'templates' && <TemplatesTab chosen={chosen} onChoose={setChosen} />}
      {tab === 'firings' && <Firings />}
    </Page>
  )
}
