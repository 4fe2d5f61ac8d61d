import { Button, CopyButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import components from '../../components/components.module.css'

/** Shown once: the hub itself keeps it sealed. */
export function Secret({ text }: { text: string }) {
  const { t } = useTranslation()
  return (
    <p role="status" className={components.box} style={{ padding: '0.75rem' }}>
      {t('webhooks.secret')} <code className={components.mono}>{text}</code>{' '}
      <CopyButton value={text}>
        {({ copy, copied }) => (
          <Button variant="default" size="xs" onClick={copy}>
            {copied ? t('common.copied') : t('common.copy')}
          </Button>
        )}
      </CopyButton>
    </p>
  )
}
