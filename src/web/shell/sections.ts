import {
  IconAddressBook,
  IconBell,
  IconFileImport,
  IconFileMusic,
  IconHeartbeat,
  IconHistory,
  IconInbox,
  IconKey,
  IconListCheck,
  IconListDetails,
  IconPencilPlus,
  IconPhone,
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
    | '/calls'
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
    | '/recordings'
    | '/import'
  text:
    | 'today'
    | 'touch'
    | 'waiting'
    | 'import'
    | 'tasks'
    | 'clients'
    | 'calls'
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
    | 'recordings'
  icon: TablerIcon
  /** Shown to those who may call this. */
  right: string
  /** Behind “More” when there are too many for the rail. */
  isRare?: true
  /** Always behind “More”: other scenes lead there too. */
  isOffRail?: true
}

/** The rail, top to bottom. */
export const sections: Section[] = [
  { to: '/today', text: 'today', icon: IconSun, right: 'reports.today' },
  { to: '/waiting', text: 'waiting', icon: IconInbox, right: 'waiting.list' },
  { to: '/tasks', text: 'tasks', icon: IconBell, right: 'tasks.create' },
  { to: '/clients', text: 'clients', icon: IconAddressBook, right: 'contacts.list' },
  { to: '/leads', text: 'leads', icon: IconTarget, right: 'leads.list' },
  { to: '/calls', text: 'calls', icon: IconPhone, right: 'calls.list' },
  { to: '/channels', text: 'channels', icon: IconPlug, right: 'channels.create' },
  { to: '/forms', text: 'forms', icon: IconListCheck, right: 'channels.create', isRare: true },
  { to: '/log', text: 'log', icon: IconListDetails, right: 'deliveries.list' },
  { to: '/quarantine', text: 'quarantine', icon: IconShieldX, right: 'quarantine.release', isRare: true },
  { to: '/rules', text: 'rules', icon: IconRobot, right: 'rules.create', isRare: true },
  { to: '/team', text: 'team', icon: IconUsers, right: 'teams.create', isRare: true },
  { to: '/keys', text: 'keys', icon: IconKey, right: 'apiKeys.create', isRare: true },
  { to: '/touch', text: 'touch', icon: IconPencilPlus, right: 'touches.log', isOffRail: true },
  { to: '/import', text: 'import', icon: IconFileImport, right: 'imports.create', isOffRail: true },
  { to: '/webhooks', text: 'webhooks', icon: IconWebhook, right: 'webhooks.create', isRare: true },
  { to: '/audit', text: 'audit', icon: IconHistory, right: 'audit.list', isRare: true },
  { to: '/recordings', text: 'recordings', icon: IconFileMusic, right: 'retention.get', isOffRail: true },
  { to: '/health', text: 'health', icon: IconHeartbeat, right: 'health.get', isRare: true },
]

/** What a screen of 800 px holds beside search and profile. */
const mostOnRail = 10

/** What stands on the rail and what behind “More”; the rare section that is open stands on the rail, to be seen. */
export function placesOf(rights: string[], path: string): { rail: Section[]; more: Section[] } {
  const own = sections.filter(({ right }) => rights.includes(right))
  const isCrowded = own.filter(({ isOffRail }) => !isOffRail).length > mostOnRail
  const isOnRail = ({ to, isRare, isOffRail }: Section) => path.startsWith(to) || !(isOffRail || (isRare && isCrowded))
  return { rail: own.filter(isOnRail), more: own.filter((section) => !isOnRail(section)) }
}

/** Managers begin with the day's numbers, everybody else with the clients who wait; else the first section a role may see. */
export function homeOf(rights: string[]): Section['to'] | '/profile' {
  const isManager = rights.includes('reports.today') && !rights.includes('users.create')
  const first = isManager ? sections : sections.filter(({ to }) => to !== '/today')
  return first.find((section) => rights.includes(section.right))?.to ?? '/profile'
}
