import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signIn, verifyTotp } from '../../api/auth.ts'
import { queryClient } from '../../api/query-client.ts'
import { Door } from './door.tsx'
import { EnterElsewhere } from './enter-elsewhere.tsx'
import { refusalWords } from './refusal-words.ts'

export function SignInScene() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [step, setStep] = useState<'password' | 'code'>('password')
  const [fault, setFault] = useState('')
  const [isBusy, setBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setFault('')
    const isPassword = step === 'password'
    const result = isPassword
      ? await signIn(String(form.get('email')), String(form.get('password')))
      : await verifyTotp(String(form.get('code')).replaceAll(' ', ''))
    if (result === 'in') await enter()
    else if (result === 'second_step') setStep('code')
    else setFault(refusalWords(result, isPassword ? 'signIn.wrong' : 'signIn.codeWrong'))
    setBusy(false)
  }

  async function enter(): Promise<void> {
    queryClient.clear()
    await navigate({ to: '/' })
  }

  return (
    <Door title={step === 'password' ? t('signIn.title') : t('signIn.codeTitle')}>
      <form onSubmit={(event) => void submit(event)} style={{ display: 'grid', gap: '0.75rem' }}>
        {step === 'password' ? (
          <>
            <TextInput key="email" name="email" type="email" label={t('signIn.email')} autoComplete="username" required autoFocus />
            <PasswordInput name="password" label={t('signIn.password')} autoComplete="current-password" required error={fault || null} />
          </>
        ) : (
          <TextInput
            key="code"
            name="code"
            label={t('signIn.code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            autoFocus
            error={fault || null}
          />
        )}
        <Button type="submit" loading={isBusy}>
          {t('signIn.enter')}
        </Button>
        {step === 'password' && <EnterElsewhere />}
      </form>
    </Door>
  )
}
