import type { ruCalls } from './ru-calls.ts'

export const enCalls: typeof ruCalls = {
  numbers: {
    column: 'Telephones',
    none: 'add',
    title: '{{name}}: telephones',
    hint: 'By these the PBX says whom it rings and who answered. The card opens for whose number rings.',
    value: 'Number',
    example: '101, SIP or a phone',
    channel: 'Channel',
    everywhere: 'On every channel',
    remove: 'Remove number {{value}}',
    add: '+ number',
  },
  addresses: {
    title: 'Our numbers',
    hint: 'Where clients call: what the number is called, where it is printed, and whose its calls are.',
    value: 'Number',
    name: 'Name',
    source: 'Source: where it is printed',
    team: 'Team',
    teamOfChannel: 'Team of the channel',
    remove: 'Remove {{value}}',
    add: '+ number',
    saved: 'Numbers saved',
  },
}
