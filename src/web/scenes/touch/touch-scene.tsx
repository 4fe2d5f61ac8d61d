import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { Page } from '../../components/page.tsx'
import { shownIdentity } from '../../components/shown-identity.ts'
import classes from '../../components/touch-form.module.css'
import { TouchForm } from '../../components/touch-form.tsx'

type Who = { kind: 'nobody' } | { kind: 'card'; id: string; name: string } | { kind: 'new'; name: string; phone: string }

/** By hand, of a client who is found here or is new. */
export function TouchScene() {
  const { t } = useTranslation()
  const router = useRouter()
  const [who, setWho] = useState<Who>({ kind: 'nobody' })
  async function contactOf(): Promise<string> {
    if (who.kind === 'card') return who.id
    if (who.kind === 'nobody') throw new Error('no client is chosen')
    const identities = who.phone.trim() ? [{ kind: 'phone', value: who.phone.trim() }] : []
    const made = await api.contacts.create({ name: who.name, identities })
    setWho({ kind: 'card', id: made.id, name: made.name })
    return made.id
  }
  return (
    <Page title={t('touch.title')} hint={t('touch.hint')}>
      <div className={classes.scene}>
        <WhoField who={who} onChange={setWho} />
        {who.kind !== 'nobody' && (
          <TouchForm contactOf={contactOf} onDone={(cardId) => void router.navigate({ to: '/waiting/$cardId', params: { cardId } })} />
        )}
      </div>
    </Page>
  )
}

function WhoField({ who, onChange }: { who: Who; onChange(who: Who): void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [query] = useDebouncedValue(text.trim(), 200)
  const found = useQuery({ queryKey: ['contacts', 'find', query], queryFn: () => api.contacts.list({ query, limit: 6 }), enabled: query.length > 1 })
  if (who.kind === 'new')
    return (
      <div className={classes.who}>
        <TextInput label={t('touch.name')} required value={who.name} onChange={(event) => onChange({ ...who, name: event.currentTarget.value })} />
        <TextInput label={t('touch.phone')} value={who.phone} onChange={(event) => onChange({ ...who, phone: event.currentTarget.value })} />
      </div>
    )
  return (
    <div className={classes.who}>
      <TextInput
        label={t('touch.client')}
        placeholder={t('touch.find')}
        autoFocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {who.kind === 'card' ? (
        <b>{t('touch.chosen', { name: who.name })}</b>
      ) : (
        <>
          {query.length > 1 &&
            found.data?.items.map((contact) => {
              const reach = contact.identities.map(shownIdentity).join(' · ')
              const name = contact.name || reach
              return (
                <button key={contact.id} type="button" className={classes.found} onClick={() => onChange({ kind: 'card', id: contact.id, name })}>
                  {name} {contact.name && reach}
                </button>
              )
            })}
          <Button variant="default" onClick={() => onChange({ kind: 'new', name: text, phone: '' })}>
            {t('touch.newClient')}
          </Button>
        </>
      )}
    </div>
  )
}
