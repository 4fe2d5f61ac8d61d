import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { Face } from '../../components/face.tsx'
import { LogTouch } from '../../components/log-touch.tsx'
import { Chip } from '../../components/page.tsx'
import { tellError } from '../../components/tell.ts'
import { shownDay } from '../../components/when.ts'
import classes from './card.module.css'
import { CardCompany } from './card-company.tsx'
import { CardConsents } from './card-consents.tsx'
import { CardEdits } from './card-edits.tsx'
import { CardIdentities } from './card-identities.tsx'
import { CardLeads } from './card-leads.tsx'
import { CardMerges } from './card-merges.tsx'
import { CardPrivacy } from './card-privacy.tsx'
import { CardReview } from './card-review.tsx'
import { CardSuggestions } from './card-suggestions.tsx'
import { CardTasks } from './card-tasks.tsx'
import { EditableName } from './editable-name.tsx'

/** Who the client is: what is known, how far it is proven, what he wants, who else he might be. */
export function CardPanel({ cardId }: { cardId: string }) {
  const { t } = useTranslation()
  const mayEdit = useRight('contacts.update')
  const contact = useQuery({ queryKey: ['contacts', cardId], queryFn: () => api.contacts.get({ id: cardId }) })
  const change = useMutation({
    mutationFn: (input: { name?: string; stage?: 'lead' | 'client' }) => api.contacts.update({ id: cardId, ...input }),
    onSuccess: () => Promise.all(['contacts', 'card', 'waiting'].map((key) => queryClient.invalidateQueries({ queryKey: [key] }))),
    onError: tellError,
  })
  if (!contact.data) return <aside className={classes.card} aria-busy="true" />
  const { name, stage, createdAt, identities, companyId, pictureUrl } = contact.data
  return (
    <aside className={classes.card} aria-label={t('card.title')}>
      <section className={classes.who}>
        <Face key={pictureUrl} name={name} picture={pictureUrl} />
        <div className={classes.grow}>
          <EditableName key={name} name={name} isEditable={mayEdit} onSave={(next) => change.mutate({ name: next })} />
          <p className={classes.dim}>
            <Chip tone={stage === 'client' ? 'good' : 'accent'}>{t(`card.${stage}`)}</Chip> {t('card.since', { date: shownDay(createdAt) })}
          </p>
        </div>
      </section>
      {mayEdit && stage === 'lead' && (
        <section>
          <Button variant="default" onClick={() => change.mutate({ stage: 'client' })}>
            {t('card.makeClient')}
          </Button>
        </section>
      )}
      <section>
        <LogTouch cardId={cardId} />
      </section>
      <CardIdentities cardId={cardId} identities={identities} />
      <CardLeads cardId={cardId} />
      <CardTasks cardId={cardId} />
      <CardCompany cardId={cardId} companyId={companyId} />
      <CardSuggestions cardId={cardId} />
      <CardMerges cardId={cardId} />
      <CardEdits cardId={cardId} />
      <CardReview cardId={cardId} />
      <CardConsents cardId={cardId} />
      <CardPrivacy cardId={cardId} name={name} />
    </aside>
  )
}
