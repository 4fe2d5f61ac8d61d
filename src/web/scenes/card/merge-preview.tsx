import { Button, Modal } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { Chip } from '../../components/page.tsx'
import { shownIdentity } from '../../components/shown-identity.ts'
import { errorWords, tell, tellError } from '../../components/tell.ts'
import { shownDay } from '../../components/when.ts'
import classes from './merge-preview.module.css'
import { useShownField } from './shown-field.ts'

type Preview = Awaited<ReturnType<typeof api.contacts.previewMerge>>

/** Both cards side by side before they become one: what stays in sight, what is kept aside, what moves. */
export function MergePreview({ cardId, otherId, onClose }: { cardId: string; otherId: string; onClose(): void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [into, setInto] = useState(otherId)
  const from = into === otherId ? cardId : otherId
  const preview = useQuery({ queryKey: ['card', from, 'merge-preview', into], queryFn: () => api.contacts.previewMerge({ id: from, intoId: into }) })
  const merge = useMutation({
    mutationFn: () => api.contacts.merge({ id: from, intoId: into }),
    onSuccess: async () => {
      tell(t('card.merged'))
      onClose()
      await navigate({ to: '/waiting/$cardId', params: { cardId: into } })
      await queryClient.invalidateQueries()
    },
    onError: tellError,
  })
  return (
    <Modal opened onClose={onClose} title={t('merge.title')} size="xl" closeButtonProps={{ 'aria-label': t('common.close') }}>
      {preview.data ? (
        <>
          <div className={classes.sides}>
            <Side side={preview.data.into} label={t('merge.stays')} isSurvivor />
            <Side side={preview.data.from} label={t('merge.joins')} />
          </div>
          <Differences hidden={preview.data.hidden} />
        </>
      ) : (
        <div className={classes.sides} aria-busy={preview.isPending} />
      )}
      {preview.error && <p role="alert">{errorWords(preview.error)}</p>}
      <p className={classes.hint}>{t('merge.hint')}</p>
      <div className={classes.acts}>
        <Button variant="subtle" onClick={() => setInto(from)}>
          {t('merge.swap')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button loading={merge.isPending} disabled={!preview.data} onClick={() => merge.mutate()} data-autofocus>
          {t('merge.go')}
        </Button>
      </div>
    </Modal>
  )
}

function Side({ side, label, isSurvivor = false }: { side: Preview['from']; label: string; isSurvivor?: boolean }) {
  const { t } = useTranslation()
  const { contact, entries, conversations, leads } = side
  return (
    <section className={classes.side} aria-label={label}>
      <p className={classes.hint}>{label}</p>
      <b>{contact.name || t('waiting.unnamed')}</b> <Chip tone={contact.stage === 'client' ? 'good' : 'accent'}>{t(`card.${contact.stage}`)}</Chip>
      <p className={classes.hint}>{t('card.since', { date: shownDay(contact.createdAt) })}</p>
      <ul>
        {contact.identities.map((identity) => (
          <li key={identity.id}>{shownIdentity(identity)}</li>
        ))}
      </ul>
      <p className={classes.hint}>{t(isSurvivor ? 'merge.has' : 'merge.brings', { entries, conversations, leads })}</p>
    </section>
  )
}

function Differences({ hidden }: { hidden: Preview['hidden'] }) {
  const { t } = useTranslation()
  const shown = useShownField()
  if (hidden.length === 0) return <p className={classes.hint}>{t('merge.noDifference')}</p>
  return (
    <table className={classes.differences}>
      <thead>
        <tr>
          <th>{t('merge.field')}</th>
          <th>{t('merge.shown')}</th>
          <th>{t('merge.keptAside')}</th>
        </tr>
      </thead>
      <tbody>
        {hidden.map(({ field, from, into }) => (
          <tr key={field}>
            <td>{shown.label(field)}</td>
            <td>{shown.value(field, into)}</td>
            <td>{shown.value(field, from)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
