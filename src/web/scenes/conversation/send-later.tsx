import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MomentField } from '../../components/day-field.tsx'
import { shownTime } from '../../components/when.ts'
import { sendTimes } from './send-times.ts'

/** Sends not now but at a time: a usual one, or any. */
export function SendLater({ isDisabled, onChoose }: { isDisabled: boolean; onChoose(at: Date): void }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [own, setOwn] = useState('')
  const ownAt = new Date(own)
  function choose(at: Date): void {
    setOpen(false)
    setOwn('')
    onChoose(at)
  }
  return (
    <Menu opened={isOpen} onChange={setOpen} position="top-end" shadow="md" trapFocus={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" disabled={isDisabled} aria-label={t('schedule.later')} title={t('schedule.later')}>
          <IconClock size={16} stroke={1.8} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {sendTimes(new Date()).map(({ name, at }) => (
          <Menu.Item key={name} rightSection={shownTime(at.toISOString())} onClick={() => choose(at)}>
            {t(`schedule.at.${name}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <form
          style={{ display: 'flex', gap: '0.375rem', padding: '0.25rem 0.5rem' }}
          onSubmit={(event) => {
            event.preventDefault()
            if (ownAt > new Date()) choose(ownAt)
          }}
        >
          <MomentField size="xs" isNested aria-label={t('schedule.own')} value={own} onChange={setOwn} />
          <Button type="submit" variant="default" disabled={!(ownAt > new Date())}>
            {t('schedule.go')}
          </Button>
        </form>
      </Menu.Dropdown>
    </Menu>
  )
}
