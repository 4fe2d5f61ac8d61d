import { z } from 'zod'
import type { Hub } from '../../../core/connector/hub.ts'
import { isRobotAddress } from '../inbound/automatic.ts'
import { foldAddress } from '../mime/addresses.ts'
import { MailError } from '../servers/mail-error.ts'

const stateName = 'automatic-sent'
const maxPerHour = 10
const hourMs = 3_600_000
const schema = z.record(z.string(), z.array(z.number()))

/** Throws `blocked` when machines would talk to machines: an automatic letter to a robot, or the eleventh within an hour to one address. */
export async function breakLoop(to: string, hub: Pick<Hub, 'state' | 'clock'>): Promise<void> {
  const blocked = (en: string, ru: string) => new MailError('blocked', { en, ru })
  if (isRobotAddress(to)) throw blocked('No automatic letters to robots.', 'Автоматические письма роботам не отправляются.')
  const now = hub.clock.now().getTime()
  const kept = schema.safeParse(JSON.parse((await hub.state.get(stateName)) ?? '{}'))
  const recent = Object.entries(kept.success ? kept.data : {})
    .map(([address, times]) => [address, times.filter((time) => now - time < hourMs)] as const)
    .filter(([, times]) => times.length > 0)
    .slice(-500)
  const sent = new Map(recent)
  const address = foldAddress(to)
  const times = sent.get(address) ?? []
  if (times.length >= maxPerHour)
    throw blocked(
      'Too many automatic letters to this address within an hour: a loop was broken.',
      'Слишком много автоматических писем на этот адрес за час: цикл прерван.',
    )
  sent.set(address, [...times, now])
  await hub.state.set(stateName, JSON.stringify(Object.fromEntries(sent)))
}
