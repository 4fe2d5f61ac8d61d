import { Button, CopyButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import components from '../../components/components.module.css'
import classes from './channels.module.css'

/** Where the outside sends, to be copied whole. */
export function HookAddress({ hookUrl }: { hookUrl: string }) {
  const { t } = useTranslation()
  return (
    <div>
      <h2>{t('channels.hook')}</h2>
      <div className={classes.address}>
        <code className={`${components.mono} ${components.grow}`}>{hookUrl}</code>
        <CopyButton value={hookUrl}>
          {({ copy, copied }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t('common.copied') : t('common.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  )
}
