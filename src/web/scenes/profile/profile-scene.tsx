import { Button, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { signOut } from '../../api/auth.ts'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useSession } from '../../api/session.ts'
import components from '../../components/components.module.css'
import { Page } from '../../components/page.tsx'
import { tell, tellError } from '../../components/tell.ts'
import { chooseLanguage, type Language } from '../../i18n/i18n.ts'
import { NewPassword } from './new-password.tsx'
import { SecondStep } from './second-step.tsx'

/** One's own settings: language, light or dark, the second step, the way out. */
export function ProfileScene() {
  const { t, i18n } = useTranslation()
  const session = useSession()
  const navigate = useNavigate()
  const { colorScheme, setColorScheme } = useMantineColorScheme()

  async function choose(language: Language): Promise<void> {
    await chooseLanguage(language)
    if (session.kind === 'user') await api.session.update({ language }).catch(tellError)
  }

  async function leave(): Promise<void> {
    if (!(await signOut())) return tell(t('error.offline'))
    queryClient.clear()
    await navigate({ to: '/sign-in' })
  }

  return (
    <Page
      title={t('profile.title')}
      hint={`${session.user.name} · ${t(`team.${session.user.role}`)}`}
      acts={
        <Button variant="default" onClick={() => void leave()}>
          {t('nav.signOut')}
        </Button>
      }
    >
      <div className={components.body} style={{ display: 'grid', gap: '1rem', alignContent: 'start', maxWidth: '32rem' }}>
        <div>
          <h2>{t('profile.language')}</h2>
          <SegmentedControl
            value={i18n.language}
            onChange={(language) => void choose(language as Language)}
            data={[
              { value: 'ru', label: 'Русский' },
              { value: 'en', label: 'English' },
            ]}
          />
        </div>
        <div>
          <h2>{t('profile.theme')}</h2>
          <SegmentedControl
            value={colorScheme}
            onChange={(scheme) => setColorScheme(scheme as 'light' | 'dark' | 'auto')}
            data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(`profile.${value}`) }))}
          />
        </div>
        <NewPassword />
        <SecondStep isOn={session.user.twoFactor} />
      </div>
    </Page>
  )
}
