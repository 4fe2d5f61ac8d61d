import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { api } from '../../api/client.ts'
import { useRight } from '../../api/session.ts'
import { tellError } from '../../components/tell.ts'

type Template = Awaited<ReturnType<typeof api.templates.list>>['items'][number]
export type Filled = Awaited<ReturnType<typeof api.templates.fill>>

export interface TemplateChoice {
  isOpen: boolean
  items: Template[]
  /** Which one Enter takes. */
  at: number
  pick(template: Template): void
  /** True when the key was its own. */
  onKey(event: KeyboardEvent): boolean
}

const mostShown = 8

/** "/" at the beginning of an answer offers templates by what follows it; the chosen one comes filled for this client. */
export function useTemplates(text: string, cardId: string, onFilled: (filled: Filled) => void): TemplateChoice {
  const mayUse = useRight('templates.fill')
  const [chosen, setChosen] = useState(0)
  const [dismissed, setDismissed] = useState<string>()
  const isAsked = mayUse && text.startsWith('/') && !text.includes('\n')
  const isOpen = isAsked && dismissed !== text
  const templates = useQuery({
    queryKey: ['templates', 'mine'],
    queryFn: () => api.templates.list({ mine: 'true' }),
    enabled: isOpen,
    staleTime: 60_000,
  })
  const wanted = text.slice(1).trim().toLowerCase()
  const items = (templates.data?.items ?? []).filter((item) => `${item.name} ${item.text}`.toLowerCase().includes(wanted)).slice(0, mostShown)
  const at = Math.min(chosen, Math.max(items.length - 1, 0))

  function pick(template: Template): void {
    setChosen(0)
    api.templates.fill({ id: template.id, contactId: cardId }).then(onFilled, tellError)
  }

  function onKey(event: KeyboardEvent): boolean {
    const item = items[at]
    if (!isOpen) return false
    if (event.key === 'ArrowDown') setChosen(Math.min(at + 1, items.length - 1))
    else if (event.key === 'ArrowUp') setChosen(Math.max(at - 1, 0))
    else if (event.key === 'Escape') setDismissed(text)
    else if (event.key === 'Enter' && !event.shiftKey && item) pick(item)
    else return false
    event.preventDefault()
    return true
  }

  return { isOpen, items, at, pick, onKey }
}
