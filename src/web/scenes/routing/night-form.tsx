import { Button, NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { tell, tellError } from '../../components/tell.ts'
import { readClock } from '../../components/typed-date.ts'
import classes from './routing.module.css'

type Settings = Awaited<ReturnType<typeof api.untouched.settings>>

/** When the night's list of forgotten clients and leads is made, and who counts as forgotten. */
export function NightForm() {
  const settings = useQuery({ queryKey: ['untouched', 'settings'], queryFn: () => api.untouched.settings() })
  return settings.data ? <NightFields key={JSON.stringify(settings.data)} stored={settings.data} /> : null
}

function NightFields({ stored }: { stored: Settings }) {
  const { t } = useTranslation()
  const [settings, setSettings] = useState(stored)
  const save = useMutation({
    mutationFn: () => api.untouched.update({ ...settings, at: readClock(settings.at) ?? settings.at }),
    onSuccess: async () => {
      tell(t('untouched.saved'))
      await queryClient.invalidateQueries({ queryKey: ['untouched'] })
    },
    onError: tellError,
  })
  const days = (name: 'clientDays' | 'leadDays', max: number) => (
    <NumberInput
      size="xs"
      label={t(`untouched.${name}`)}
      min={1}
      max={max}
      allowDecimal={false}
      required
      value={settings[name]}
      onChange={(value) => typeof value === 'number' && setSettings({ ...settings, [name]: value })}
    />
  )
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <div className={classes.fields}>
        <TextInput
          size="xs"
          required
          label={t('untouched.at')}
          placeholder={t('date.clock')}
          pattern="\d{1,2}([:.]\d\d)?"
          value={settings.at}
          onChange={(event) => setSettings({ ...settings, at: event.currentTarget.value })}
        />
        {days('clientDays', 3650)}
        {days('leadDays', 365)}
      </div>
      <Button type="submit" size="xs" variant="default" loading={save.isPending}>
        {t('common.save')}
      </Button>
    </form>
  )
}
