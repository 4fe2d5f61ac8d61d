import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { api } from '../../api/client.ts'
import { useRight } from '../../api/session.ts'
import { CallNumber } from '../../components/call-number.tsx'
import { Chip, type Tone } from '../../components/page.tsx'
import { shownIdentity } from '../../components/shown-identity.ts'
import { AddIdentity } from './add-identity.tsx'
import classes from './card.module.css'
import { CardZone } from './card-zone.tsx'

type Identity = Awaited<ReturnType<typeof api.contacts.get>>['identities'][number]

const tones: Record<Identity['evidence'], Tone> = { attested: 'good', verified: 'good', manual: 'plain', claimed: 'soon' }

/** How he can be reached, and how far each way is proven to be his. */
export function CardIdentities({ cardId, identities }: { cardId: string; identities: Identity[] }) {
  const { t } = useTranslation()
  const mayAdd = useRight('contacts.addIdentity')
  const [isAdding, setAdding] = useState(false)
  return (
    <section>
      <div className={classes.heading}>
        <h2>{t('card.identities')}</h2>
        {mayAdd && !isAdding && (
          <button type="button" className={classes.link} onClick={() => setAdding(true)}>
            {`+ ${t('card.addIdentity')}`}
          </button>
        )}
      </div>
      <ul>
        {identities.map((identity) => (
          <li key={`${identity.contactId} ${identity.id}`} className={classes.line}>
            <span className={classes.value} title={identity.raw}>
              {identity.kind === 'phone' ? <CallNumber contactId={cardId} phone={identity.value} /> : shownIdentity(identity)}
            </span>
            <Chip tone={tones[identity.evidence]}>{t(`evidence.${identity.evidence}`)}</Chip>
          </li>
        ))}
      </ul>
      <CardZone cardId={cardId} />
      {isAdding && <AddIdentity cardId={cardId} onDone={() => setAdding(false)} />}
    </section>
  )
}
