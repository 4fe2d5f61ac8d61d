import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import components from '../../components/components.module.css'
import { Chip, type Tone } from '../../components/page.tsx'
import { absoluteTime, shownTime } from '../../components/when.ts'

type Message = Awaited<ReturnType<typeof api.webhooks.messages>>['items'][number]
const tones: Record<Message['status'], Tone> = { due: 'soon', delivered: 'good', failed: 'late' }

/** One event; unfolded, its attempts with what was answered. */
export function MessageRow({ webhookId, message, onResend }: { webhookId: string; message: Message; onResend(): void }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const { lastStatus, lastError, nextAttemptAt } = message
  return (
    <>
      <tr>
        <td title={absoluteTime(message.at)}>{shownTime(message.at)}</td>
        <td>{message.type}</td>
        <td>
          <Chip tone={tones[message.status]}>{t(`webhooks.status.${message.status}`)}</Chip> {lastStatus ?? lastError}
        </td>
        <td>
          <button
            type="button"
            style={{ all: 'unset', cursor: 'pointer' }}
            aria-expanded={isOpen}
            title={t('webhooks.show')}
            onClick={() => setOpen(!isOpen)}
          >
            {t('webhooks.attempts', { n: message.attempts })}
          </button>
          {nextAttemptAt && message.attempts > 0 && ` · ${t('webhooks.next', { date: shownTime(nextAttemptAt) })}`}
        </td>
        <td>
          {message.isKept && message.status !== 'due' && (
            <Button variant="default" size="xs" onClick={onResend}>
              {t('webhooks.resend')}
            </Button>
          )}
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={5}>
            <Attempts webhookId={webhookId} messageId={message.id} />
          </td>
        </tr>
      )}
    </>
  )
}

function Attempts({ webhookId, messageId }: { webhookId: string; messageId: string }) {
  const { t } = useTranslation()
  const attempts = useQuery({
    queryKey: ['webhooks', webhookId, 'attempts', messageId],
    queryFn: () => api.webhooks.attempts({ id: webhookId, messageId }),
  })
  return (
    <ol className={components.mono}>
      {(attempts.data?.items ?? []).map((attempt) => (
        <li key={attempt.id}>
          {`${absoluteTime(attempt.at)} · ${attempt.status ?? t('webhooks.noAnswer')} · ${attempt.latencyMs} ms · ${attempt.error ?? attempt.answer}`}
        </li>
      ))}
    </ol>
  )
}
