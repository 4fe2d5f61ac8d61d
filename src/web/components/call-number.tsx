import { IconPhone } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { useChannels } from '../api/names.ts'
import { useRight } from '../api/session.ts'
import classes from './components.module.css'
import { shownIdentity } from './shown-identity.ts'
import { tell, tellError } from './tell.ts'

/** A telephone number that is called by a click: through a PBX that can, which rings my own phone first, else by whatever this computer calls with. */
export function CallNumber({ contactId, phone }: { contactId: string; phone: string }) {
  const { t } = useTranslation()
  const mayCall = useRight('calls.place')
  const hasPbx = useChannels().some(({ media }) => media.includes('voice'))
  const words = shownIdentity({ kind: 'phone', value: phone })
  const place = useMutation({
    mutationFn: () => api.calls.place({ contactId, to: phone }),
    onSuccess: () => tell(t('call.placed', { number: words })),
    onError: (error) => {
      tellError(error)
    },
  })
  if (!mayCall || !hasPbx)
    return (
      <a className={classes.plain} href={`tel:${phone}`}>
        {words}
      </a>
    )
  return (
    <button type="button" className={classes.plain} title={t('call.click')} disabled={place.isPending} onClick={() => place.mutate()}>
      <IconPhone size={13} aria-hidden /> {words}
    </button>
  )
}
