import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { useRight } from '../api/session.ts'
import classes from './lead-status.module.css'
import { tellError } from './tell.ts'

export const leadStatuses = ['new', 'working', 'won', 'lost', 'junk'] as const
export type LeadStatus = (typeof leadStatuses)[number]

const usualReasons = ['price', 'elsewhere', 'late', 'silent', 'changed'] as const

/** How a lead stands, and its change. One that is lost asks why, right here: a usual reason or words of one's own. */
export function LeadStatusField({ id, status, lostReason }: { id: string; status: LeadStatus; lostReason: string | null }) {
  const { t } = useTranslation()
  const mayEdit = useRight('leads.update')
  const [reason, setReason] = useState<string>()
  const change = useMutation({
    mutationFn: (to: { status: LeadStatus; lostReason?: string }) => api.leads.update({ id, ...to }),
    onSuccess: async () => {
      setReason(undefined)
      await Promise.all(['card', 'leads', 'contacts'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
    },
    onError: tellError,
  })
  const isAsking = reason !== undefined
  return (
    <div className={classes.status}>
      <NativeSelect
        aria-label={t('leads.status')}
        size="xs"
        w="7rem"
        disabled={!mayEdit}
        value={isAsking ? 'lost' : status}
        data={leadStatuses.map((each) => ({ value: each, label: t(`leads.${each}`) }))}
        onChange={({ currentTarget }) => {
          const chosen = leadStatuses.find((each) => each === currentTarget.value)
          if (chosen === 'lost') setReason(lostReason ?? '')
          else if (chosen) change.mutate({ status: chosen })
        }}
      />
      {!isAsking && status === 'lost' && lostReason && <p className={classes.why}>{lostReason}</p>}
      {isAsking && (
        <form
          className={classes.ask}
          onSubmit={(event) => {
            event.preventDefault()
            if (reason.trim() !== '') change.mutate({ status: 'lost', lostReason: reason.trim() })
          }}
        >
          <div className={classes.usual}>
            {usualReasons.map((each) => (
              <button key={each} type="button" onClick={() => change.mutate({ status: 'lost', lostReason: t(`lost.${each}`) })}>
                {t(`lost.${each}`)}
              </button>
            ))}
          </div>
          <TextInput
            aria-label={t('leads.reason')}
            placeholder={t('lost.own')}
            autoFocus
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Escape' && setReason(undefined)}
          />
          <div className={classes.acts}>
            <Button type="submit" variant="default" disabled={reason.trim() === ''} loading={change.isPending}>
              {t('common.save')}
            </Button>
            <Button variant="subtle" color="gray" onClick={() => setReason(undefined)}>
              {t('common.cancel')}
            </Button>
          </div>
        </form>
      )}
    </div>
  )
}
