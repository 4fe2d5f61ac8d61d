import { Button, CopyButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import components from '../../components/components.module.css'
import { Chip } from '../../components/page.tsx'
import classes from './channels.module.css'
import type { Suggestion } from './use-suggestion.ts'

/** What was recognised from the first field, what to do at that vendor, and the address that it wants to know. */
export function SuggestionBox({ suggestion, returnUrl }: { suggestion: Suggestion | undefined; returnUrl: string | null }) {
  const { t, i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'ru'
  if (!suggestion?.title) return null
  return (
    <div aria-live="polite">
      <Chip tone="good">{t('consent.recognised', { what: suggestion.title[language] })}</Chip>
      {suggestion.steps.length > 0 && (
        <ol className={classes.steps}>
          {suggestion.steps.map((step) => (
            <li key={step.en}>{step[language]}</li>
          ))}
        </ol>
      )}
      {suggestion.consent && returnUrl && (
        <>
          <p className={components.hint}>{t('consent.returnAddress', { vendor: suggestion.consent.title[language] })}</p>
          <div className={classes.address}>
            <code className={`${components.mono} ${components.grow}`}>{returnUrl}</code>
            <CopyButton value={returnUrl}>
              {({ copy, copied }) => (
                <Button variant="default" onClick={copy}>
                  {copied ? t('common.copied') : t('common.copy')}
                </Button>
              )}
            </CopyButton>
          </div>
        </>
      )}
    </div>
  )
}
