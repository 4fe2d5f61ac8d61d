import { Modal, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconArrowRight, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { useRight, useSession } from '../api/session.ts'
import { Face } from '../components/face.tsx'
import { MediumIcon } from '../components/medium-icon.tsx'
import { shownIdentity } from '../components/shown-identity.ts'
import classes from './palette.module.css'
import { sections } from './sections.ts'

interface Choice {
  key: string
  label: string
  hint: string
  icon: React.ReactNode
  href: string
}

/** Everything by a few letters: sections, clients by name or any notation of a phone, words that were said. */
export function Palette({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const { t } = useTranslation()
  const router = useRouter()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const choices = useChoices(text.trim())
  function go(choice: Choice | undefined): void {
    if (!choice) return
    setText('')
    onClose()
    void router.navigate({ to: choice.href })
  }
  return (
    <Modal.Root opened={isOpen} onClose={onClose} transitionProps={{ duration: 120 }}>
      <Modal.Overlay backgroundOpacity={0.2} />
      <Modal.Content radius="lg" aria-label={t('palette.open')}>
        <TextInput
          data-autofocus
          variant="unstyled"
          className={classes.field ?? ''}
          leftSection={<IconSearch size={16} aria-hidden />}
          aria-label={t('palette.open')}
          placeholder={t('palette.hint')}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') setAt(Math.min(at + 1, choices.length - 1))
            else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
            else if (event.key === 'Enter') go(choices[at])
            else return
            event.preventDefault()
          }}
        />
        <ul className={classes.found}>
          {choices.map((choice, index) => (
            <li key={choice.key}>
              <button type="button" className={classes.choice} data-chosen={index === at} onClick={() => go(choice)}>
                {choice.icon}
                <span className={classes.label}>{choice.label}</span>
                <span className={classes.hint}>{choice.hint}</span>
              </button>
            </li>
          ))}
          {choices.length === 0 && <li className={classes.none}>{t('palette.nothing')}</li>}
        </ul>
      </Modal.Content>
    </Modal.Root>
  )
}

function useChoices(text: string): Choice[] {
  const { t } = useTranslation()
  const { rights } = useSession()
  const maySearch = useRight('search.find')
  const [query] = useDebouncedValue(text, 150)
  const found = useQuery({
    queryKey: ['search', query],
    queryFn: () => api.search.find({ query, limit: 12 }),
    enabled: maySearch && query.length > 1,
  })
  const places = sections
    .filter(({ right, text: name }) => rights.includes(right) && t(`nav.${name}`).toLowerCase().includes(text.toLowerCase()))
    .map(({ to, text: name, icon: Icon }) => ({ key: to, label: t(`nav.${name}`), hint: '', icon: <Icon size={16} aria-hidden />, href: to }))
  const items = text.length > 1 ? (found.data?.items ?? []) : []
  const clients = items.flatMap((item): Choice[] => {
    if (item.kind === 'contact') {
      const { name, cardId, identities } = item.contact
      const reach = identities.map(shownIdentity).join(' · ')
      return [{ key: cardId, label: name || reach, hint: name ? reach : '', icon: <Face name={name} />, href: `/waiting/${cardId}` }]
    }
    if (item.kind === 'entry' && item.entry.cardId) {
      const words = item.snippet.map((part) => part.text).join('')
      return [
        { key: item.entry.id, label: words, hint: '', icon: <MediumIcon medium={item.entry.medium ?? ''} />, href: `/waiting/${item.entry.cardId}` },
      ]
    }
    if (item.kind === 'company')
      return [
        {
          key: item.company.id,
          label: item.company.name,
          hint: item.company.domain ?? '',
          icon: <IconArrowRight size={16} aria-hidden />,
          href: `/companies/${item.company.id}`,
        },
      ]
    return []
  })
  return [...clients, ...places]
}
