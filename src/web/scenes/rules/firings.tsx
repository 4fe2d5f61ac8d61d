import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import components from '../../components/components.module.css'
import { MoreButton } from '../../components/more-button.tsx'
import { Chip, Empty, SkeletonRows } from '../../components/page.tsx'
import { usePages } from '../../components/use-pages.ts'
import { absoluteTime, shownTime } from '../../components/when.ts'
import classes from './rules.module.css'

/** Every decision of every rule, with its reason and what became of the message. */
export function Firings() {
  const { t } = useTranslation()
  const list = usePages(['rules', 'firings'], (cursor) => api.rules.firings({ limit: 50, ...(cursor && { cursor }) }))
  return (
    <div className={components.body}>
      {list.isPending && <SkeletonRows />}
      {list.isEmpty && <Empty title={t('answers.noFirings')} hint={t('answers.noFiringsHint')} />}
      {list.items.length > 0 && (
        <table className={components.table}>
          <thead>
            <tr>
              <th>{t('answers.when')}</th>
              <th>{t('answers.rule')}</th>
              <th>{t('answers.who')}</th>
              <th>{t('answers.why')}</th>
            </tr>
          </thead>
          <tbody>
            {list.items.map((item) => (
              <tr key={item.id}>
                <td title={absoluteTime(item.at)}>{shownTime(item.at)}</td>
                <td>{item.ruleName}</td>
                <td>
                  {item.contactId && (
                    <Link className={classes.link ?? ''} to="/waiting/$cardId" params={{ cardId: item.contactId }}>
                      {item.contactName || t('answers.unnamed')}
                    </Link>
                  )}
                </td>
                <td>
                  <Chip tone={item.status === 'sent' ? 'good' : 'plain'}>{item.reason ? t(`answers.reason.${item.reason}`) : t('answers.due')}</Chip>{' '}
                  {item.sentStatus && t(`status.${item.sentStatus}`)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <MoreButton {...(list.more && { more: list.more })} />
    </div>
  )
}
