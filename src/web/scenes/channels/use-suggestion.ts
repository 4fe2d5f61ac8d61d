import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../../api/client.ts'
import type { Settings } from './settings-fields.tsx'

const stillTypingMs = 400

export type Suggestion = Awaited<ReturnType<typeof api.channels.suggest>>

/** What the connector makes of what is typed, a moment after the last key. */
export function useSuggestion(connector: { id: string; abilities: string[] } | undefined, settings: Settings): Suggestion | undefined {
  const typed = JSON.stringify(settings)
  const [asked, setAsked] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed), stillTypingMs)
    return () => clearTimeout(timer)
  }, [typed])
  const suggestion = useQuery({
    queryKey: ['suggestion', connector?.id, asked],
    queryFn: () => api.channels.suggest({ connector: connector?.id ?? '', settings: JSON.parse(asked) as Settings }),
    enabled: connector?.abilities.includes('suggestSettings') ?? false,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })
  return suggestion.data
}

/** What is typed wins; the rest is filled in. */
export function withSuggestion(settings: Settings, suggestion: Suggestion | undefined): Settings {
  return { ...suggestion?.settings, ...settings }
}

/** The reverse: of the values that a form shows, those that a person typed. */
export function withoutSuggestion(shown: Settings, typed: Settings, suggestion: Suggestion | undefined): Settings {
  const filledIn = suggestion?.settings ?? {}
  return Object.fromEntries(Object.entries(shown).filter(([name, value]) => name in typed || value !== filledIn[name]))
}

/** Whom people can sign in with now that everything for it is typed. */
export function consentReady(settings: Settings, suggestion: Suggestion | undefined): Suggestion['consent'] {
  const consent = suggestion?.consent ?? null
  return consent?.needs.every((name) => Boolean(settings[name])) ? consent : null
}
