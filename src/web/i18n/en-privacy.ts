import type { ruPrivacy } from './ru-privacy.ts'

export const enPrivacy: typeof ruPrivacy = {
  privacy: {
    title: 'Personal data',
    export: 'Export',
    exportHint: 'A ZIP that the person can read himself: card, conversations, files',
    making: 'Being made',
    ready: 'Download, {{size}}',
    until: 'kept until {{when}}',
    failed: 'Failed: {{failure}}',
    erase: 'Erase for ever',
    eraseTitle: 'Erase {{name}} for ever?',
    eraseHint:
      'The card and all that are merged with it, conversations, calls with recordings, leads, files and raw messages are removed. This cannot be undone. A new message of this person makes a new card.',
    eraseBackups: 'In backups that are made already he stays until they expire; when one is restored he is erased again.',
    type: 'To confirm, type the name on the card: {{name}}',
    confirm: 'Erase for ever',
    asked: 'The erasure has begun. Its certificate will stand on the page Health.',
  },
}
