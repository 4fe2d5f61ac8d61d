import type { Connector, Session } from '../connector/connector.ts'
import type { DoorHub, Hub, Logger } from '../connector/hub.ts'
import { forConnector } from './channel.ts'
import type { ChannelDirectory } from './channel-directory.ts'
import { hubDns } from './hub-dns.ts'

export interface DoorDeps {
  connectors: readonly Connector[]
  directory: ChannelDirectory
  hubOf(channelId: string): Hub
  logger: Logger
  publicUrl: string
  /** Where a connector's door listens; undefined: the admin did not ask for it. */
  listenOf(connectorId: string): DoorHub<unknown>['listen'] | undefined
}

/** Opens one listener per connector that has a door and a port. Rejects when a port cannot be had; those already open are closed. */
export async function openDoors(deps: DoorDeps): Promise<Session> {
  const doors: Session[] = []
  const close = async () => {
    await Promise.all(doors.map((door) => door.close()))
  }
  try {
    for (const connector of deps.connectors) {
      const listen = connector.openDoor && deps.listenOf(connector.manifest.id)
      const door = listen && (await connector.openDoor?.(doorHub(deps, connector, listen)))
      if (door) doors.push(door)
    }
  } catch (error) {
    await close()
    throw error
  }
  return { close }
}

/** Paused channels are among those found: what arrives for them is stored and held. */
function doorHub(deps: DoorDeps, connector: Connector, listen: DoorHub<unknown>['listen']): DoorHub<unknown> {
  return {
    async channels() {
      const own = deps.directory.all().filter((channel) => channel.connector === connector && !channel.settingsFault)
      return own.map((channel) => forConnector(channel, deps.publicUrl))
    },
    hubOf: deps.hubOf,
    logger: deps.logger,
    dns: hubDns,
    listen,
  }
}
