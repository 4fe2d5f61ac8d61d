/** A call we owe a client: the user's phone is rung first, then the client. */
export interface CallRequest {
  /** Our id: comes back as `requestId` of the call's events where the vendor carries it. */
  id: string
  /** The user's extension, SIP or phone number. */
  user: string
  /** The client's number, E.164. */
  to: string
  /** Our number that the client shall see. */
  from?: string
}

/** What the vendor calls it; absent where only `requestId` will tell. */
export interface PlacedCall {
  callId?: string
}

/** What can be done to a running call; a connector lists those it can in its manifest. */
export const callCommands = ['hang_up', 'hold', 'resume', 'transfer', 'mute', 'unmute', 'pause_recording', 'resume_recording'] as const
export type CallCommandName = (typeof callCommands)[number]

export interface CallCommand {
  name: CallCommandName
  callId: string
  /** The phone of ours it concerns. */
  legId?: string
  /** With `transfer`: extension or number. */
  to?: string
}

/** Times that a reconciliation covers, both ends included. */
export interface HistoryRange {
  from: Date
  to: Date
}

/** Somebody the PBX knows: offered when users' numbers are entered. */
export interface DirectoryEntry {
  /** Extension, SIP or phone number. */
  number: string
  name?: string
  email?: string
}
