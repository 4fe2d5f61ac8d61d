import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changePassword } from '../../api/auth.ts'
import { tell } from '../../components/tell.ts'
import { refusalWords } from '../sign-in/refusal-words.ts'

const shortestPassword = 10

/** One's own password, the temporary one of the invitation too. */
export function NewPassword() {
  const { t } = useTranslation()
  const [fault, setFault] = useState('')

  async function submit(form: HTMLFormElement): Promise<void> {
    const given = new FormData(form)
    const result = await changePassword(String(given.get('current')), String(given.get('new')))
    setFault(result === 'changed' ? '' : refusalWords(result, 'profile.changeRefused'))
    if (result !== 'changed') return
    form.reset()
    tell(t('profile.changed'))
  }

  return (
    <form
      style={{ display: 'grid', gap: '0.5rem' }}
      onSubmit={(event) => {
        event.preventDefault()
        void submit(event.currentTarget)
      }}
    >
      <h2>{t('profile.change')}</h2>
      <PasswordInput name="current" label={t('profile.password')} autoComplete="current-password" required error={fault || null} />
      <PasswordInput
        name="new"
        label={t('profile.newPassword')}
        description={t('profile.newPasswordHint')}
        autoComplete="new-password"
        minLength={shortestPassword}
        required
      />
      <Button type="submit" variant="default">
        {t('profile.changeIt')}
      </Button>
    </form>
  )
}
