import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useRight } from '../../api/session.ts'
import components from '../../components/components.module.css'
import { Chip } from '../../components/page.tsx'
import { roleWords } from '../forms/role-words.ts'
import classes from './log.module.css'

interface Props {
  delivery: { id: string; channelId: string }
  connectorId: string | undefined
}

/** What each field of a form was taken for, and who says so; the way to change it. */
export function ReadFields({ delivery: { id, channelId }, connectorId }: Props) {
  const { t, i18n } = useTranslation()
  const mayMap = useRight('channelTools.preview')
  const connectors = useQuery({ queryKey: ['connectors'], queryFn: () => api.connectors.list(), staleTime: Number.POSITIVE_INFINITY })
  const hasFields = connectors.data?.items.find((connector) => connector.id === connectorId)?.abilities.includes('readFields') ?? false
  const read = useQuery({
    queryKey: ['preview', channelId, id, 'stored'],
    queryFn: () => api.channelTools.preview({ id: channelId, deliveryId: id }),
    enabled: mayMap && hasFields,
  })
  if (!read.data || read.data.items.length === 0) return null
  const language = i18n.language === 'en' ? 'en' : 'ru'
  return (
    <div>
      <h2 className={classes.foot}>
        <span className={components.grow}>
          {t('tests.readAs')} · {t('mapping.cardOf', { sender: read.data.items[0]?.sender[language] ?? '' })}
        </span>
        <Link to="/forms" search={{ channelId, deliveryId: id }}>
          {t('tests.changeMapping')}
        </Link>
      </h2>
      {read.data.items.map(({ fields }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: submissions of one delivery have nothing but their order
        <ul key={index} className={`${components.box} ${classes.read}`}>
          {fields.map(({ path, name, value, as, by }) => (
            <li key={path}>
              <code title={path}>{name}</code>
              <span>{roleWords(as ?? 'ignore')}</span>
              <span className={components.grow}>{value}</span>
              {by && <Chip title={t(`mapping.byHint.${by}`)}>{t(`mapping.by.${by}`)}</Chip>}
            </li>
          ))}
        </ul>
      ))}
    </div>
  )
}
