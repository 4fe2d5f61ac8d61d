import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import components from '../../components/components.module.css'
import { MoreButton } from '../../components/more-button.tsx'
import { Page, SkeletonRows } from '../../components/page.tsx'
import { usePages } from '../../components/use-pages.ts'
import { InviteForm } from './invite-form.tsx'
import { PeopleTable } from './people-table.tsx'
import { QuestionsPanel } from './questions-panel.tsx'
import { ResultsPanel } from './results-panel.tsx'
import { TeamsPanel } from './teams-panel.tsx'

/** Who works here and is here now, in which teams, from when to when, and how clients are shared among them. */
export function TeamScene() {
  const { t } = useTranslation()
  const mayInvite = useRight('users.create')
  const [isInviting, setInviting] = useState(false)
  const users = usePages(['users'], (cursor) => api.users.list({ limit: 100, ...(cursor && { cursor }) }))
  return (
    <Page title={t('team.title')} acts={mayInvite && <Button onClick={() => setInviting(!isInviting)}>{t('team.invite')}</Button>}>
      <div className={components.body}>
        {isInviting && <InviteForm onInvited={() => void queryClient.invalidateQueries({ queryKey: ['users'] })} />}
        {users.isPending && <SkeletonRows />}
        {users.items.length > 0 && <PeopleTable users={users.items} />}
        <MoreButton {...(users.more && { more: users.more })} />
        <TeamsPanel /> <ResultsPanel />
        <QuestionsPanel />
      </div>
    </Page>
  )
}
