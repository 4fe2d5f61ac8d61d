import type { Server, Socket } from 'socket.io'
import type { Actor } from '../../core/access/actor.ts'
import type { LiveItem } from '../../core/realtime/live-event.ts'

/** Somebody in a conversation right now. */
export interface Presence {
  conversationId: string
  userId: string
  name: string
  looking: boolean
  typing: boolean
  /** The client himself, on a page of ours: `userId` is the conversation's, `name` empty. */
  isClient?: true
}

export interface ServerToClient {
  /** First of all. Without a cursor of its own a client begins here: load everything now, it is at least as new. */
  hello(welcome: { cursor: string }): void
  /** In the order of cursors; `cursor` is what to come back with. Items may be fewer than happened: rights are applied. */
  live(page: { items: LiveItem[]; cursor: string }): void
  /** Once per connection: everything that was missed has been sent. Until then a console holds back what it would send. */
  current(state: { cursor: string }): void
  /** The cursor the client came with is too old: load everything anew; the stream goes on from `cursor`. */
  expired(state: { cursor: string }): void
  presence(presence: Presence): void
}

export interface ClientToServer {
  /** I look at this conversation now; null: at none. */
  look(conversationId: string | null): void
  typing(typing: boolean): void
}

export interface SocketData {
  actor: Actor
  sessionId?: string
  /** Behind the last item that was sent; kept only while the socket reads its own pages. */
  cursor: string
  /** Packets that have not left yet. */
  unsent: number
  conversationId?: string
  /** The visitor at the other end of it, where there is one. */
  visitor?: { channelId: string; visitorId: string }
}

type NoEvents = Record<never, never>
export type LiveServer = Server<ClientToServer, ServerToClient, NoEvents, SocketData>
export type LiveSocket = Socket<ClientToServer, ServerToClient, NoEvents, SocketData>
