import { implement } from '@orpc/server'
import { readAddresses } from '../../core/channels/address-store.ts'
import { getChannel } from '../../core/channels/list-channels.ts'
import { saveAddresses } from '../../core/channels/save-addresses.ts'
import { listPhones } from '../../core/numbers/list-phones.ts'
import { readNumbers } from '../../core/numbers/number-store.ts'
import { saveNumbers } from '../../core/numbers/save-numbers.ts'
import { addressesContract, numbersContract } from '../contract/numbers.ts'
import type { ApiContext } from './context.ts'

const numbers = implement(numbersContract).$context<ApiContext>()
const addresses = implement(addressesContract).$context<ApiContext>()

export const numbersRoutes = numbers.router({
  list: numbers.list.handler(async ({ context }) => ({ items: await readNumbers(context.deps.pool) })),
  save: numbers.save.handler(async ({ input, context }) => ({ items: await saveNumbers(context.deps, input.id, input.items, context) })),
  phones: numbers.phones.handler(async ({ input, context }) => ({ items: await listPhones(context.deps, input.id) })),
})

export const addressesRoutes = addresses.router({
  list: addresses.list.handler(async ({ input, context }) => {
    await getChannel(context.deps, input.id)
    return { items: await readAddresses(context.deps.pool, [input.id]) }
  }),
  save: addresses.save.handler(async ({ input, context }) => ({ items: await saveAddresses(context.deps, input.id, input.items, context) })),
})
