import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ReachNotice } from '../channels/reach-notice.tsx'
import { Door } from '../sign-in/door.tsx'

/** The end of set-up: can services reach this hub, and on to the first channel. */
export function SetupDone() {
  const { t } = useTranslation()
  return (
    <Door title={t('reach.done')} intro={t('reach.doneIntro')}>
      <ReachNotice isAlways />
      <Button renderRoot={(props) => <Link to="/channels" {...props} />}>{t('reach.firstChannel')}</Button>
    </Door>
  )
}
