import { Link } from '@tanstack/react-router'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import components from '../../components/components.module.css'
import { Chip } from '../../components/page.tsx'
import { shownIdentity } from '../../components/shown-identity.ts'
import classes from './forms.module.css'
import type { Preview } from './mapping.ts'

type Match = NonNullable<Preview['match']>

/** On whose card a request would come, by what, and what it would be there. */
export function MatchNote({ match }: { match: Match }) {
  const { t } = useTranslation()
  const { isKnown, contact, lead, others } = match
  return (
    <div className={`${components.box} ${classes.match}`}>
      <h2>{t('mapping.match')}</h2>
      <p>
        <Chip tone={isKnown ? 'accent' : 'good'}>{t(isKnown ? 'mapping.reason.known' : 'mapping.reason.new')}</Chip>{' '}
        {contact && (
          <Link to="/waiting/$cardId" params={{ cardId: contact.id }}>
            <b>{contact.name || t('mapping.nobody')}</b>
          </Link>
        )}
      </p>
      <p>{reasonWords(match.match)}</p>
      <p>
        <Chip>{t(`mapping.lead.${lead}`)}</Chip> {others > 0 && t('mapping.candidates', { n: others })}
      </p>
      {match.match.evidence === 'claimed' && <p className={components.hint}>{t('mapping.claimed')}</p>}
    </div>
  )
}

function reasonWords({ reason, identity }: Match['match']): string {
  const key = `mapping.reason.${reason}`
  if (!i18next.exists(key)) return reason
  const kindKey = `mapping.kind.${identity?.kind}`
  return i18next.t(key, {
    kind: i18next.exists(kindKey) ? i18next.t(kindKey) : (identity?.kind ?? ''),
    value: identity ? shownIdentity(identity) : '',
  })
}
