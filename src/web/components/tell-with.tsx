import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'

interface Act {
  label: string
  run(): void
}

/** Says what happened, with one thing to do about it: undo it, open it. */
export function tellWith(message: string, act: Act, options: { id?: string; staysMs?: number } = {}): void {
  const id = options.id ?? crypto.randomUUID()
  notifications.show({
    id,
    autoClose: options.staysMs ?? 8000,
    closeButtonProps: { 'aria-label': i18next.t('common.close') },
    message: (
      <span style={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: '0.5rem' }}>
        {message}
        <Button
          variant="default"
          size="compact-xs"
          style={{ flex: 'none' }}
          onClick={() => {
            notifications.hide(id)
            act.run()
          }}
        >
          {act.label}
        </Button>
      </span>
    ),
  })
}
