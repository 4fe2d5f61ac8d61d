import { useTranslation } from 'react-i18next'
import type { api } from '../../api/client.ts'
import { Chip, type Tone } from '../../components/page.tsx'
import { shownIdentity } from '../../components/shown-identity.ts'
import classes from './card.module.css'

type Identity = Awaited<ReturnType<typeof api.contacts.get>>['identities'][number]

const tones: Record<Identity['evidence'], Tone> = { attested: 'good', verified: 'good', manual: 'plain', claimed: 'soon' }

export function CardIdentities({ identities }: { identities: Identity[] }) {
  const { t } = useTranslation()
  return (
    <section>
      <h2>{t('card.identities')}</h2>
      <ul>
        {identities.map((identity) => (
          <li key={`${identity.contactId} ${identity.id}`} className={classes.line}>
            <span className={classes.value} title={identity.raw}>
              {shownIdentity(identity)}
            </span>
            <Chip tone={tones[identity.evidence]}>{t(`evidence.${identity.evidence}`)}</Chip>
          </li>
        ))}
      </ul>
    </section>
  )
}
