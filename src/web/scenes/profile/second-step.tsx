import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { beginTotp, verifyTotp } from '../../api/auth.ts'
import { queryClient } from '../../api/query-client.ts'
import components from '../../components/components.module.css'
import { Chip } from '../../components/page.tsx'
import { refusalWords } from '../sign-in/refusal-words.ts'

/** TOTP: password, key for the app, first code. */
export function SecondStep({ isOn }: { isOn: boolean }) {
  const { t } = useTranslation()
  const [address, setAddress] = useState<URL>()
  const [fault, setFault] = useState('')

  async function submit(form: FormData): Promise<void> {
    setFault('')
    if (address === undefined) {
      const begun = await beginTotp(String(form.get('password')))
      if (begun instanceof URL) setAddress(begun)
      else setFault(refusalWords(begun, 'signIn.wrong'))
      return
    }
    const result = await verifyTotp(String(form.get('code')).replaceAll(' ', ''))
    if (result === 'in') {
      setAddress(undefined)
      await queryClient.invalidateQueries({ queryKey: ['session'] })
    } else setFault(refusalWords(result, 'signIn.codeWrong'))
  }

  return (
    <div>
      <h2>
        {t('profile.totp')} <Chip tone={isOn ? 'good' : 'soon'}>{isOn ? t('profile.totpOn') : t('profile.totpOff')}</Chip>
      </h2>
      {!isOn && (
        <form
          style={{ display: 'grid', gap: '0.5rem' }}
          onSubmit={(event) => {
            event.preventDefault()
            void submit(new FormData(event.currentTarget))
          }}
        >
          {address === undefined ? (
            <PasswordInput name="password" label={t('profile.password')} autoComplete="current-password" required error={fault || null} />
          ) : (
            <>
              <p>{t('profile.totpHint')}</p>
              <code className={components.mono}>{address.searchParams.get('secret')}</code>
              <TextInput name="code" label={t('signIn.code')} inputMode="numeric" autoComplete="one-time-code" required error={fault || null} />
            </>
          )}
          <Button type="submit" variant="default">
            {address === undefined ? t('profile.totpStart') : t('profile.totpConfirm')}
          </Button>
        </form>
      )}
    </div>
  )
}
