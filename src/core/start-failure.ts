/** Why the hub cannot start. Each is one line for the person at the terminal and one exit code for scripts. */
export type StartFailureCode =
  | 'config_invalid'
  | 'port_taken'
  | 'address_unusable'
  | 'certificate_unusable'
  | 'data_dir_unusable'
  | 'disk_full'
  | 'already_running'
  | 'embedded_unavailable'
  | 'database_unreachable'
  | 'database_refused'
  | 'database_too_old'
  | 'database_newer'
  | 'migration_failed'
  | 'secret_key_wrong'

const exitCodes: Record<StartFailureCode, number> = {
  config_invalid: 2,
  port_taken: 3,
  address_unusable: 3,
  certificate_unusable: 2,
  data_dir_unusable: 4,
  disk_full: 5,
  already_running: 6,
  embedded_unavailable: 7,
  database_unreachable: 8,
  database_refused: 8,
  database_too_old: 8,
  database_newer: 9,
  migration_failed: 10,
  secret_key_wrong: 11,
}

/** A failure that a person can repair; its message is one line and says how. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure'
  readonly code: StartFailureCode
  readonly exitCode: number

  constructor(code: StartFailureCode, message: string, options?: ErrorOptions) {
    super(message.replaceAll(/\s*\n\s*/g, ' '), options)
    this.code = code
    this.exitCode = exitCodes[code]
  }
}
