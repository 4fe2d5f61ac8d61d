import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { tellError } from '../../components/tell.ts'
import { shownTime } from '../../components/when.ts'
import classes from './card.module.css'
import { useShownField } from './shown-field.ts'

/** What people changed on the card, each with its way back. */
export function CardEdits({ cardId }: { cardId: string }) {
  const { t } = useTranslation()
  const mayEdit = useRight('contacts.restoreEdit')
  const edits = useQuery({ queryKey: ['card', cardId, 'edits'], queryFn: () => api.contacts.edits({ id: cardId, limit: 10 }) })
  const restore = useMutation({
    mutationFn: (editId: string) => api.contacts.restoreEdit({ id: cardId, editId }),
    onSuccess: () => Promise.all(['contacts', 'card'].map((key) => queryClient.invalidateQueries({ queryKey: [key] }))),
    onError: tellError,
  })
  const shown = useShownField()
  if (!edits.data || edits.data.items.length === 0) return null
  function words({ field, before, after }: { field: string; before?: unknown; after?: unknown }): string {
    if (field === 'companyId') return `${shown.label(field)}: ${after === null ? t('card.fieldEmptied') : t('card.fieldSet')}`
    return `${shown.label(field)}: ${shown.value(field, before)} → ${shown.value(field, after)}`
  }
  return (
    <section>
      <h2>{t('card.edits')}</h2>
      {edits.data.items.map((edit) => (
        <div key={edit.id} className={classes.line}>
          <span className={classes.value} title={shownTime(edit.at)}>
            {words(edit)}
          </span>
          {mayEdit && (
            <Button variant="subtle" onClick={() => restore.mutate(edit.id)}>
              {t('card.restore')}
            </Button>
          )}
        </div>
      ))}
    </section>
  )
}
