import { Button, PasswordInput, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useSearch } from '@tanstack/react-router'
import i18next from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signIn } from '../../api/auth.ts'
import { api } from '../../api/client.ts'
import { problemCode, tellError } from '../../components/tell.ts'
import { chooseLanguage } from '../../i18n/i18n.ts'
import { Door } from '../sign-in/door.tsx'
import { countries } from './countries.ts'
import { SetupDone } from './setup-done.tsx'

const zones = Intl.supportedValuesOf('timeZone')

export function SetupScene() {
  const { t } = useTranslation()
  const { token } = useSearch({ from: '/setup' })
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState('')
  const [isDone, setDone] = useState(false)
  const form = useForm({
    initialValues: {
      firm: '',
      name: '',
      email: '',
      password: '',
      language: i18next.language === 'en' ? ('en' as const) : ('ru' as const),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      country: 'RU',
      client: 'contact' as const,
    },
  })

  async function submit(values: typeof form.values): Promise<void> {
    setBusy(true)
    const { firm, name, email, password, ...rest } = values
    try {
      await api.setup.complete({ token, admin: { name, email, password }, firm: { name: firm, ...rest } })
      await signIn(email, password)
      setDone(true)
    } catch (error) {
      if (problemCode(error) === 'setup_link_invalid' || problemCode(error) === 'setup_done') setFault(t('setup.badLink'))
      else tellError(error)
    } finally {
      setBusy(false)
    }
  }

  if (isDone) return <SetupDone />
  return (
    <Door title={t('setup.title')} intro={t('setup.intro')}>
      <form onSubmit={form.onSubmit((values) => void submit(values))} style={{ display: 'grid', gap: '0.75rem' }}>
        <Select
          label={t('setup.language')}
          data={[
            { value: 'ru', label: 'Русский' },
            { value: 'en', label: 'English' },
          ]}
          allowDeselect={false}
          {...form.getInputProps('language')}
          onChange={(value) => {
            if (value !== 'ru' && value !== 'en') return
            form.setFieldValue('language', value)
            void chooseLanguage(value)
          }}
        />
        <TextInput label={t('setup.firm')} required {...form.getInputProps('firm')} />
        <TextInput label={t('setup.you')} required autoComplete="name" {...form.getInputProps('name')} />
        <TextInput label={t('setup.email')} type="email" required autoComplete="username" {...form.getInputProps('email')} />
        <PasswordInput
          label={t('setup.password')}
          description={t('setup.passwordHint')}
          required
          minLength={10}
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
        <Select label={t('setup.zone')} data={zones} searchable allowDeselect={false} {...form.getInputProps('timeZone')} />
        <Select label={t('setup.country')} data={countries()} searchable allowDeselect={false} {...form.getInputProps('country')} />
        <SegmentedControl
          aria-label={t('setup.client')}
          data={[
            { value: 'contact', label: `${t('setup.client')} ${t('setup.contact')}` },
            { value: 'company', label: `${t('setup.client')} ${t('setup.company')}` },
          ]}
          {...form.getInputProps('client')}
        />
        {fault && (
          <p role="alert" style={{ color: 'var(--late)' }}>
            {fault}
          </p>
        )}
        <Button type="submit" loading={isBusy}>
          {t('setup.go')}
        </Button>
      </form>
    </Door>
  )
}
