import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { tellError } from '../../components/tell.ts'
import classes from './card.module.css'

const kinds = ['phone', 'email'] as const
type Kind = (typeof kinds)[number]

/** An address by hand. While it is typed, whoever has it already is named. */
export function AddIdentity({ cardId, onDone }: { cardId: string; onDone(): void }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<Kind>('phone')
  const [text, setText] = useState('')
  const [value] = useDebouncedValue(text.trim(), 250)
  const found = useQuery({
    queryKey: ['contacts', 'existing', kind, value],
    queryFn: () => api.contacts.existing({ kind, value }),
    enabled: value.length > 4,
  })
  const add = useMutation({
    mutationFn: () => api.contacts.addIdentity({ id: cardId, kind, value: text.trim() }),
    onSuccess: async () => {
      await Promise.all(['contacts', 'card'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
      onDone()
    },
    onError: tellError,
  })
  const holders = found.data?.contacts ?? []
  const isHere = holders.some((holder) => holder.cardId === cardId)
  const others = holders.filter((holder) => holder.cardId !== cardId)
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate()
      }}
    >
      <div className={classes.line}>
        <NativeSelect
          aria-label={t('card.kind')}
          w="6.5rem"
          value={kind}
          data={kinds.map((each) => ({ value: each, label: t(`card.${each}`) }))}
          onChange={({ currentTarget }) => setKind(currentTarget.value as Kind)}
        />
        <TextInput
          className={classes.grow ?? ''}
          aria-label={t('card.address')}
          autoFocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && onDone()}
        />
      </div>
      <div role="status" className={classes.dim}>
        {found.data?.identity === null && t('card.neverAddress')}
        {isHere && t('card.alreadyHere')}
        {others.map((holder) => (
          <p key={holder.id}>
            {t('card.alreadyAt')}{' '}
            <Link to="/waiting/$cardId" params={{ cardId: holder.cardId }} className={classes.link ?? ''}>
              {holder.name || t('waiting.unnamed')}
            </Link>
          </p>
        ))}
        {(found.data?.hidden ?? 0) > 0 && t('card.alreadyHidden')}
      </div>
      <div className={classes.line}>
        <Button type="submit" variant="default" disabled={value.length < 3 || found.data?.identity === null || isHere} loading={add.isPending}>
          {t('common.add')}
        </Button>
        <Button variant="subtle" color="gray" onClick={onDone}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
