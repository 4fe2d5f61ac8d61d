import type { ruTables } from './ru-tables.ts'

export const enTables: typeof ruTables = {
  clients: {
    title: 'Clients',
    find: 'Name, phone in any notation, e-mail',
    name: 'Name',
    reach: 'Reach',
    stage: 'Stage',
    last: 'Last touch',
    created: 'Since',
    empty: 'No clients yet',
    emptyHint: 'A card appears with the first request. Or make one yourself.',
    create: 'New client',
  },
  leads: {
    title: 'Leads',
    topic: 'Topic',
    noTopic: 'no topic',
    status: 'Status',
    created: 'Created',
    source: 'Source',
    new: 'new',
    working: 'working',
    won: 'won',
    lost: 'lost',
    junk: 'junk',
    empty: 'No leads yet',
    emptyHint: 'A lead is made when a new person turns up or a form comes in.',
    reason: 'Why lost',
  },
}
