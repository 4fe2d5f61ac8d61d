import type { ToPage, VisitorAttendance, VisitorMessage } from '../../api/contract/visitors.ts'
import { openStorage, type Storage } from './kept.ts'
import { createLine, type Line } from './line.ts'
import { createMessages, type Messages } from './messages.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import type { Outgoing } from './outgoing.ts'
import { aboutPage } from './page.ts'
import { createReceipts, type Receipts } from './receipts.ts'
import type { Language } from './texts.ts'
import { getHistory, getSession, type Place, post, type Sent } from './wire.ts'

export interface Said {
  text: string
  files?: File[]
  /** The consent that stood beside what he sent. */
  consent?: string | undefined
}

export interface Wish {
  phone: string
  name: string
  /** ISO 8601; absent: at once. */
  at?: string
  /** The same in words. */
  when?: string
  text: string
}

/** The conversation of one visitor, without a face. Calls `onChange` whenever something is to be shown anew. */
export class Chat {
  readonly messages: Messages = createMessages()
  readonly storage: Storage
  attendance: VisitorAttendance = { isOnline: false, opensAt: null }
  isUp = true
  hasEarlier = false
  typing: { name: string | null; until: number } | undefined
  unread = 0
  readonly #place: Place
  readonly #language: Language
  readonly #onChange: () => void
  readonly #outbox: Outbox
  readonly #line: Line
  readonly #receipts: Receipts
  #identity: unknown
  #before: string | undefined
  #after: string | null = null
  #opening: Promise<void> | undefined
  #typedAt = 0
  #refreshing: ReturnType<typeof setTimeout> | undefined

  constructor(place: Place, language: Language, onChange: () => void) {
    this.#place = place
    this.#language = language
    this.#onChange = onChange
    this.storage = openStorage(place.key)
    this.#outbox = createOutbox(
      this.storage,
      (one) => this.#send(one),
      () => this.#show(),
    )
    this.#receipts = createReceipts(place, () => this.#who())
    this.#line = createLine({
      place,
      hello: () => (this.storage.kept.token ? { is: 'hello', token: this.storage.kept.token, after: this.#after } : undefined),
      hear: (said) => this.#hear(said),
      onState: (isUp) => {
        // What he said elsewhere meanwhile is not brought by the line.
        if (isUp && !this.isUp) this.#refreshSoon(0)
        this.isUp = isUp
        if (isUp) this.#outbox.flush()
        this.#onChange()
      },
      poll: () => this.#refreshSoon(0),
    })
    this.storage.onOtherTab(() => this.#refreshSoon(1_000))
  }

  get isKnown(): boolean {
    return this.storage.kept.token !== undefined
  }

  /** Lets the visitor in and shows what was said before; again after a failure, once it is asked again. */
  open(): Promise<void> {
    this.#opening ??= this.#enter().catch((error: unknown) => {
      this.#opening = undefined
      this.isUp = false
      this.#onChange()
      console.error('Switchboard: the chat could not be opened.', error)
    })
    return this.#opening
  }

  say({ text, files = [], consent }: Said): void {
    const payload = { type: 'message', text, ...this.#about(), ...(consent && { consent }), ...(!this.attendance.isOnline && { isOffline: true }) }
    this.#outbox.add({ text, payload, files })
    this.#typedAt = 0
    void this.open()
  }

  callBack({ phone, name, at, when, text }: Wish, shown: string): void {
    this.storage.save({ profile: { ...this.storage.kept.profile, phone, ...(name && { name }) } })
    this.#outbox.add({ text: shown, payload: { type: 'callback', phone, text, ...(at && { at }), ...(when && { when }), ...this.#about() } })
    void this.open()
  }

  retry(id: string): void {
    this.#outbox.retry(id)
  }

  /** At most every three seconds; false at once. */
  tellTyping(isTyping: boolean): void {
    if (isTyping && Date.now() - this.#typedAt < 3_000) return
    if (!isTyping && this.#typedAt === 0) return
    this.#typedAt = isTyping ? Date.now() : 0
    this.#line.say({ is: 'typing', isTyping })
  }

  /** What stands before his eyes is read. */
  read(): void {
    for (const one of this.messages.list()) if (!one.isOwn && one.state !== 'seen') this.#receipts.read(one.key, () => (one.state = 'seen'))
    this.unread = 0
  }

  async earlier(): Promise<void> {
    const { token } = this.storage.kept
    if (!token || !this.#before) return
    const page = await getHistory(this.#place, token, this.#before)
    this.#take(page.items)
    this.#before = page.before ?? undefined
    this.hasEarlier = page.before !== null
    this.#onChange()
  }

  /** The site says who this is, proven by its server. */
  async identify(identity: unknown): Promise<void> {
    this.#identity = identity
    // What is under way was asked without it, and must not come in behind it.
    if (this.#opening) await this.#opening
    if (this.#identity !== identity) return
    const before = this.#who()
    this.#opening = undefined
    await this.open()
    const after = this.#who()
    // What he wrote unknown finds the card of whom his site knows.
    if (before && after && before.visitorId !== after.visitorId && !isProven(before.visitorId)) {
      const said = { type: 'identify', ...this.#about() }
      await post(this.#place, { token: after.token, visitorId: before.visitorId }, `i-${after.visitorId.slice(0, 40)}`, said)
    }
  }

  /** Nothing of this visitor stays in the browser. */
  logout(): void {
    this.#identity = undefined
    this.#line.close()
    this.#forget()
    this.#opening = undefined
    this.#onChange()
  }

  #forget(): void {
    this.#outbox.clear()
    this.messages.clear()
    this.storage.clear()
    this.#before = undefined
    this.hasEarlier = false
    this.#after = null
    this.unread = 0
  }

  #who(): { token: string; visitorId: string } | undefined {
    const { token, visitorId } = this.storage.kept
    return token !== undefined && visitorId !== undefined ? { token, visitorId } : undefined
  }

  #about(): object {
    const { profile } = this.storage.kept
    return {
      language: this.#language,
      ...aboutPage(),
      ...(profile && { profile }),
      ...(this.#identity !== undefined && { identity: this.#identity }),
    }
  }

  async #enter(): Promise<void> {
    const { token } = this.storage.kept
    const request = { language: this.#language, ...(token && { token }), ...(this.#identity !== undefined && { identity: this.#identity }) }
    const session = await getSession(this.#place, request)
    // Signed out meanwhile.
    if (token !== this.storage.kept.token) return
    if (session.doubt) console.error(`Switchboard: identify() was not believed: ${session.doubt}.`)
    const former = this.storage.kept.visitorId
    // Another person than the site named before: what is his must be neither read nor sent by this one.
    if (former !== undefined && former !== session.visitorId && isProven(former)) this.#forget()
    if (former !== session.visitorId) this.#after = null
    this.storage.save({ token: session.token, visitorId: session.visitorId })
    this.attendance = session
    await this.#refresh()
    this.#line.open()
    this.#outbox.flush()
  }

  /** The newest page, laid over what is shown. */
  async #refresh(): Promise<void> {
    const { token } = this.storage.kept
    if (!token) return
    const page = await getHistory(this.#place, token)
    if (token !== this.storage.kept.token) return
    this.#before ??= page.before ?? undefined
    this.hasEarlier = this.#before !== undefined
    this.#after = page.after ?? this.#after
    this.#take(page.items)
    this.#show()
  }

  #refreshSoon(ms: number): void {
    clearTimeout(this.#refreshing)
    this.#refreshing = setTimeout(() => void this.#refresh().catch(() => {}), ms)
  }

  #take(items: VisitorMessage[]): void {
    this.messages.merge(items)
    for (const { ownId } of items) if (ownId !== null) this.#outbox.settle(ownId)
    this.unread = this.messages.list().filter((one) => !one.isOwn && one.state !== 'seen').length
  }

  #show(): void {
    this.messages.putOutgoing(this.#outbox.all())
    this.#onChange()
  }

  async #send(one: Outgoing): Promise<Sent> {
    await this.open()
    const who = this.#who()
    if (!who || !this.#outbox.all().includes(one)) return 'again'
    const sent = await post(this.#place, who, one.id, one.payload, one.files)
    if (sent !== 'no_session') return sent
    // The hub no longer knows this token: a new one, and the same words under it.
    this.#opening = undefined
    return 'again'
  }

  #hear(said: ToPage): void {
    if (said.is === 'answers') {
      this.#after = said.after
      const fresh = this.messages.append(said.items)
      this.typing = undefined
      this.unread += fresh.length
      this.#receipts.delivered(fresh.map(({ id }) => id))
    }
    if (said.is === 'typing') this.typing = said.isTyping ? { name: said.name, until: Date.now() + 6_000 } : undefined
    if (said.is === 'seen') this.messages.seeAll()
    if (said.is === 'ready' || said.is === 'beat') this.attendance = said
    this.#onChange()
  }
}

/** Named by the site, and not only by this browser. */
function isProven(visitorId: string): boolean {
  return visitorId.startsWith('u-')
}
