/** What a vendor asks while its caller hears the ringing tone: who is this, and who is to be rung? */
export interface CallQuestion {
  /** The client's number, as the vendor writes it; absent when it is withheld. */
  number?: string
  /** Our number that was dialled. */
  dialled?: string
}

/** Core's answer: as the channel's rule, hours and presence are at this moment. */
export interface CallDecision {
  kind: 'call'
  /** Name on the client's card; absent: nobody is known by this number. */
  contactName?: string
  /** The number, on this channel, of whoever is responsible for the client. */
  ownerNumber?: string
  /** Numbers of the users who are there, in the order in which they are to be rung. */
  ring: string[]
  /** They are rung all at once. */
  isForAll: boolean
  isOpen: boolean
  /** ISO 8601 UTC, when it is closed and will open again. */
  opensAt?: string
}

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

/** What can be done to a running call; a connector lists those it can in its manifest. A paused recording goes on as silence, so that its moments stay true. */
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
