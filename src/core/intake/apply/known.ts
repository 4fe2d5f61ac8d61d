import type { Evidence } from '../../connector/identity.ts'
import { identityKey } from './keys.ts'
import { KnownCalls } from './known-calls.ts'
import type { Piece } from './parts.ts'

export interface KnownContact {
  id: string
  name: string
  nameBy: string
  ownerId: string | null
  lastTouchAt: Date
}

export interface KnownIdentity {
  id: string
  /** The contact that owns it: new traffic goes there. */
  ownerId: string | undefined
  /** Evidence of each contact's link to it. */
  links: Map<string, Evidence>
}

export interface KnownConversation {
  id: string
  contactId: string
  channelId: string
  threadKey: string
  state: string
  waitingSince: Date | null
}

export interface KnownLead {
  id: string
  contactId: string
  topic: string
}

/** What the database knows of everything a batch speaks of; the planner adds to it as it goes, so that a batch sees its own new rows. */
export class Known {
  readonly eventKeys = new Set<string>()
  readonly identities = new Map<string, KnownIdentity>()
  readonly contacts = new Map<string, KnownContact>()
  readonly conversations = new Map<string, KnownConversation>()
  readonly conversationByThread = new Map<string, string>()
  /** `<channel> <external id>` → the entry and conversation it names. */
  readonly externalIds = new Map<string, { entryId: string; conversationId: string | null }>()
  readonly participants = new Set<string>()
  readonly openLeads = new Map<string, KnownLead[]>()
  /** `<contact> <fingerprint>` → when an equal form came last. */
  readonly fingerprints = new Map<string, Date>()
  readonly suggestions = new Set<string>()
  /** `<channel> <group>` → the pieces of a long message that came before. */
  readonly parts = new Map<string, Piece[]>()
  readonly calls = new KnownCalls()

  identity(kind: string, value: string): KnownIdentity | undefined {
    return this.identities.get(identityKey(kind, value))
  }

  addConversation(conversation: KnownConversation): void {
    this.conversations.set(conversation.id, conversation)
    this.conversationByThread.set(`${conversation.channelId} ${conversation.threadKey}`, conversation.id)
  }

  conversationOf(channelId: string, threadKey: string): KnownConversation | undefined {
    const id = this.conversationByThread.get(`${channelId} ${threadKey}`)
    return id === undefined ? undefined : this.conversations.get(id)
  }

  leadsOf(contactId: string): KnownLead[] {
    return this.openLeads.get(contactId) ?? []
  }

  addLead(lead: KnownLead): void {
    this.openLeads.set(lead.contactId, [...this.leadsOf(lead.contactId), lead])
  }
}
