import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'

export function MoreButton({ more }: { more?: () => void }) {
  const { t } = useTranslation()
  if (!more) return null
  return (
    <Button variant="subtle" m="sm" onClick={more}>
      {t('common.more')}
    </Button>
  )
}
