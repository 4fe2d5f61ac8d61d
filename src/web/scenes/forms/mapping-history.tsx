import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import components from '../../components/components.module.css'
import { shownTime } from '../../components/when.ts'
import log from '../log/log.module.css'
import { isSameMapping, type Mapping, mappingOf } from './mapping.ts'

/** What the mapping was before each change, and the way back to it. */
export function MappingHistory({ channelId, current, onRestore }: { channelId: string; current: Mapping; onRestore(mapping: Mapping): void }) {
  const { t } = useTranslation()
  const versions = useQuery({ queryKey: ['channels', channelId, 'versions'], queryFn: () => api.channelTools.versions({ id: channelId }) })
  const items = (versions.data?.items ?? []).filter(({ changed }) => changed.includes('mapping'))
  return (
    <details>
      <summary>{t('mapping.history')}</summary>
      {items.length === 0 && <p className={components.hint}>{t('mapping.historyEmpty')}</p>}
      <ul>
        {items.map(({ id, at, actor, settings }) => {
          const former = mappingOf(settings)
          const what = t('mapping.fieldsMapped', { n: Object.keys(former).length })
          return (
            <li key={id} className={log.foot}>
              <span className={components.grow}>{t('mapping.version', { when: shownTime(at), who: actor ?? t('mapping.byKey'), what })}</span>
              <Button variant="subtle" disabled={isSameMapping(former, current)} onClick={() => onRestore(former)}>
                {t('mapping.restore')}
              </Button>
            </li>
          )
        })}
      </ul>
    </details>
  )
}
