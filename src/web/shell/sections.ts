import {
  IconAddressBook,
  IconBell,
  IconFileImport,
  IconHeartbeat,
  IconHistory,
  IconInbox,
  IconKey,
  IconListCheck,
  IconListDetails,
  IconPlug,
  IconRobot,
  IconShieldX,
  IconTarget,
  IconUsers,
  IconWebhook,
  type TablerIcon,
} from '@tabler/icons-react'

export interface Section {
  to:
    | '/waiting'
    | '/tasks'
    | '/clients'
    | '/leads'
    | '/channels'
    | '/forms'
    | '/log'
    | '/quarantine'
    | '/team'
    | '/keys'
    | '/rules'
    | '/webhooks'
    | '/audit'
    | '/health'
    | '/import'
  text:
    | 'waiting'
    | 'import'
    | 'tasks'
    | 'clients'
    | 'leads'
    | 'channels'
    | 'forms'
    | 'log'
    | 'quarantine'
    | 'team'
    | 'keys'
    | 'rules'
    | 'webhooks'
    | 'audit'
    | 'health'
  icon: TablerIcon
  /** Shown to those who may call this. */
  right: string
  /** Found by Ctrl-K and from other scenes, without a place on the rail. */
  isOffRail?: true
}

/** The rail, top to bottom. */
export const sections: Section[] = [
  { to: '/waiting', text: 'waiting', icon: IconInbox, right: 'waiting.list' },
  { to: '/tasks', text: 'tasks', icon: IconBell, right: 'tasks.create' },
  { to: '/clients', text: 'clients', icon: IconAddressBook, right: 'contacts.list' },
  { to: '/leads', text: 'leads', icon: IconTarget, right: 'leads.list' },
  { to: '/channels', text: 'channels', icon: IconPlug, right: 'channels.create' },
  { to: '/forms', text: 'forms', icon: IconListCheck, right: 'channels.create' },
  { to: '/log', text: 'log', icon: IconListDetails, right: 'deliveries.list' },
  { to: '/quarantine', text: 'quarantine', icon: IconShieldX, right: 'quarantine.release' },
  { to: '/rules', text: 'rules', icon: IconRobot, right: 'rules.create' },
  { to: '/team', text: 'team', icon: IconUsers, right: 'teams.create' },
  { to: '/keys', text: 'keys', icon: IconKey, right: 'apiKeys.create' },
  { to: '/import', text: 'import', icon: IconFileImport, right: 'imports.create', isOffRail: true },
  { to: '/webhooks', text: 'webhooks', icon: IconWebhook, right: 'webhooks.create' },
  { to: '/audit', text: 'audit', icon: IconHistory, right: 'audit.list' },
  { to: '/health', text: 'health', icon: IconHeartbeat, right: 'health.get' },
]

/** The first section a role may see. */
export function homeOf(rights: string[]): Section['to'] | '/profile' {
  return sections.find((section) => rights.includes(section.right))?.to ?? '/profile'
}
