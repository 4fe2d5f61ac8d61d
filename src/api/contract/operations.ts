import type { AnyContractProcedure } from '@orpc/contract'
import type { contract } from './contract.ts'

type PathsOf<Contract> = {
  [Resource in keyof Contract & string]: {
    [Verb in keyof Contract[Resource] & string]: Contract[Resource][Verb] extends AnyContractProcedure ? `${Resource}.${Verb}` : never
  }[keyof Contract[Resource] & string]
}[keyof Contract & string]

/** What speaks something else than JSON and is served beside the contract; listed here so that it has a rule all the same. */
export const rawOperations = {
  'attachments.upload': { method: 'POST', path: '/attachments' },
  'attachments.download': { method: 'GET', path: '/attachments/{id}' },
  'calls.playRecording': { method: 'GET', path: '/calls/{id}/recordings/{recordingId}' },
  'recordings.play': { method: 'GET', path: '/recordings/{id}/play' },
  'contacts.picture': { method: 'GET', path: '/contacts/{id}/picture' },
  'entries.html': { method: 'GET', path: '/entries/{id}/html' },
  'channels.finishConsent': { method: 'GET', path: '/channels/consent/return' },
  'imports.create': { method: 'POST', path: '/imports' },
  'imports.download': { method: 'GET', path: '/imports/{id}/rows.csv' },
  'reports.download': { method: 'GET', path: '/reports/rows.csv' },
  'reviews.download': { method: 'GET', path: '/reviews/rows.csv' },
  'exports.download': { method: 'GET', path: '/exports/{id}/file' },
  'erasures.certificate': { method: 'GET', path: '/erasures/{id}/certificate' },
  'personExports.download': { method: 'GET', path: '/person-exports/{id}/file' },
  'deliveries.body': { method: 'GET', path: '/deliveries/{id}/body' },
} as const satisfies Record<string, { method: string; path: string }>

/** `teams.list`, `contacts.get` …: every operation of the outside surface. */
export type Operation = PathsOf<typeof contract> | keyof typeof rawOperations
