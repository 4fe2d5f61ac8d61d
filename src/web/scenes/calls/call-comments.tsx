import { Button, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { usePeople } from '../../api/names.ts'
import { queryClient } from '../../api/query-client.ts'
import { useSession } from '../../api/session.ts'
import { shownSeconds } from '../../components/shown-seconds.ts'
import { tell, tellError } from '../../components/tell.ts'
import { shownTime } from '../../components/when.ts'
import classes from './calls.module.css'

type Comment = Awaited<ReturnType<typeof api.comments.list>>['items'][number]

interface CommentsProps {
  callId: string
  items: Comment[]
  /** Where the recording stands, in seconds. */
  at: number
  onJump(seconds: number): void
}

/** What is said of moments of the call; only reviewers and its operator read it. A moment has a link. */
export function CallComments({ callId, items, at, onJump }: CommentsProps) {
  const { t } = useTranslation()
  const nameOf = usePeople()
  const { user } = useSession()
  const [text, setText] = useState('')
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['comments', callId] })
  const add = useMutation({
    mutationFn: () => api.comments.add({ id: callId, atSeconds: at, text }),
    onSuccess: async () => {
      setText('')
      await refresh()
    },
    onError: tellError,
  })
  const remove = useMutation({
    mutationFn: (commentId: string) => api.comments.remove({ id: callId, commentId }),
    onSuccess: refresh,
    onError: tellError,
  })
  const linkTo = (seconds: number) => `${window.location.origin}/calls?callId=${callId}&at=${Math.floor(seconds)}`
  return (
    <section className={classes.comments} aria-label={t('calls.comments')}>
      <h3>{t('calls.comments')}</h3>
      {items.map((comment) => (
        <article key={comment.id} className={classes.comment}>
          <button type="button" className={classes.moment} onClick={() => onJump(comment.atSeconds)}>
            {shownSeconds(comment.atSeconds)}
          </button>
          <div>
            <p className={classes.dim}>
              <b>{nameOf(comment.authorId)}</b> {shownTime(comment.createdAt)}{' '}
              <button
                type="button"
                className={classes.moment}
                onClick={() => void navigator.clipboard?.writeText(linkTo(comment.atSeconds)).then(() => tell(t('player.linkCopied')))}
              >
                {t('calls.copyLink')}
              </button>{' '}
              {comment.authorId === user.id && (
                <button type="button" className={classes.moment} onClick={() => remove.mutate(comment.id)}>
                  {t('calls.takeBack')}
                </button>
              )}
            </p>
            <p>{comment.text}</p>
          </div>
        </article>
      ))}
      {items.length === 0 && <p className={classes.dim}>{t('calls.noComments')}</p>}
      <form
        className={classes.write}
        onSubmit={(event) => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <Textarea
          size="xs"
          autosize
          minRows={1}
          required
          label={t('calls.commentAt', { time: shownSeconds(at) })}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default" loading={add.isPending}>
          {t('calls.comment')}
        </Button>
      </form>
    </section>
  )
}
