import type { Hub } from '../../../core/connector/hub.ts'
import { wordedError } from '../../../core/connector/worded-error.ts'
import type { Account } from './account.ts'
import { askTwilio, type TwilioClient } from './client.ts'

type NumberHooks = Parameters<ReturnType<TwilioClient['incomingPhoneNumbers']>['update']>[0]

/** Writes the channel's addresses beside one number of the account. Throws only ConnectorError. */
export async function setUpNumber(
  { account, number, hub }: { account: Account; number: string | undefined; hub: Pick<Hub, 'fetch'> },
  hooks: NumberHooks,
): Promise<void> {
  if (number === undefined)
    throw wordedError('rejected', { en: 'Enter the number first: its hook is set up', ru: 'Сначала укажите номер: вебхук настраивается у него' })
  const [found] = await askTwilio(account, hub, (client) => client.incomingPhoneNumbers.list({ phoneNumber: number, limit: 1 }))
  if (!found) throw wordedError('rejected', { en: `This Twilio account has no number ${number}`, ru: `В этом аккаунте Twilio нет номера ${number}` })
  await askTwilio(account, hub, (client) => client.incomingPhoneNumbers(found.sid).update(hooks))
}
