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
  IconPencilPlus,
  IconPlug,
  IconRobot,
  IconShieldX,
  IconSun,
  IconTarget,
  IconUsers,
  IconWebhook,
  type TablerIcon,
} from '@tabler/icons-react'

export interface Section {
  to:
    | '/today'
    | '/touch'
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
    | 'today'
    | 'touch'
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
  { to: '/today', text: 'today', icon: IconSun, right: 'reports.today' },
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
  { to: '/touch', text: 'touch', icon: IconPencilPlus, right: 'touches.log', isOffRail: true },
  { to: '/import', text: 'import', icon: IconFileImport, right: 'imports.create', isOffRail: true },
  { to: '/webhooks', text: 'webhooks', icon: IconWebhook, right: 'webhooks.create' },
  { to: '/audit', text: 'audit', icon: IconHistory, right: 'audit.list' },
  { to: '/health', text: 'health', icon: IconHeartbeat, right: 'health.get' },
]

/** Managers begin with the day's numbers, everybody else with the clients who wait; else the first section a role may see. */
export function homeOf(rights: string[]): Section['to'] | '/profile' {
  const isManager = rights.includes('reports.today') && !rights.includes('users.create')
  const first = isManager ? sections : sections.filter(({ to }) => to !== '/today')
  return first.find((section) => rights.includes(section.right))?.to ?? '/profile'
}
