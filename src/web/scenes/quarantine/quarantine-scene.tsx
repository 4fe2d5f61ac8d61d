import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import classes from '../../components/components.module.css'
import { MoreButton } from '../../components/more-button.tsx'
import { Chip, Empty, Page, SkeletonRows } from '../../components/page.tsx'
import { shownReason } from '../../components/shown-reason.ts'
import { tell, tellError } from '../../components/tell.ts'
import { usePages } from '../../components/use-pages.ts'
import { absoluteTime, shownTime } from '../../components/when.ts'

export function QuarantineScene() {
  const { t } = useTranslation()
  const mayRelease = useRight('quarantine.release')
  const list = usePages(['quarantine'], (cursor) => api.quarantine.list({ limit: 50, ...(cursor && { cursor }) }))
  const release = useMutation({
    mutationFn: (id: string) => api.quarantine.release({ id }),
    onSuccess: async () => {
      tell(t('quarantine.released'))
      await queryClient.invalidateQueries({ queryKey: ['quarantine'] })
    },
    onError: tellError,
  })
  return (
    <Page title={t('quarantine.title')} hint={t('quarantine.hint')}>
      <div className={classes.body}>
        {list.isPending && <SkeletonRows />}
        {list.isEmpty && <Empty title={t('quarantine.empty')} hint={t('quarantine.emptyHint')} />}
        {list.items.length > 0 && (
          <table className={classes.table}>
            <tbody>
              {list.items.map((item) => (
                <tr key={item.id}>
                  <td title={absoluteTime(item.receivedAt)}>{shownTime(item.receivedAt)}</td>
                  <td>{item.from}</td>
                  <td>
                    <b>{item.subject}</b> {item.text}
                  </td>
                  <td>
                    <Chip tone="soon">{shownReason(item.reason)}</Chip>
                  </td>
                  <td>
                    {mayRelease && (
                      <Button variant="default" onClick={() => release.mutate(item.id)}>
                        {t('quarantine.release')}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <MoreButton {...(list.more && { more: list.more })} />
      </div>
    </Page>
  )
}
