import type { ImapFlow, MailboxObject } from 'imapflow'
import type { Hub } from '../../../core/connector/hub.ts'
import type { EmailSettings } from '../settings.ts'
import { type FolderState, readFolderState, saveFolderState } from './folder-state.ts'
import type { Folder } from './folders.ts'
import { readMeta, type Taking, takeLetters } from './take-letters.ts'
import { groupBySize, packUids } from './uid-ranges.ts'

/** Clocks of servers differ from ours by minutes. */
const clockSlackMs = 5 * 60_000
const fillWindow = 200

export interface PassContext {
  client: ImapFlow
  hub: Hub
  settings: EmailSettings
  openedAt: Date
  /** UIDs that the back-fill of a folder still has to look at, ascending; found once per connection. */
  fillUids: Map<string, number[]>
  /** Called after every committed group: the connection lives. */
  onProgress: () => void
}

export interface Progress {
  done: number
  total: number
}

/**
 * Takes what is new in a folder, oldest first, and advances the cursor behind each committed group. Opens by EXAMINE, so flags stay as they are.
 * A changed UIDVALIDITY starts the folder anew; letters already stored are recognised by their content.
 */
export async function takeNew(context: PassContext, folder: Folder): Promise<FolderState> {
  const mailbox = await context.client.mailboxOpen(folder.path, { readOnly: true })
  const state = await currentState(context, folder, mailbox)
  if (mailbox.exists === 0) return state
  const fresh = (await readMeta(context.client, `${state.last + 1}:*`)).filter((letter) => letter.uid > state.last).sort((a, b) => a.uid - b.uid)
  const taking = takingOf(context, folder, state)
  for (const group of groupBySize(fresh)) {
    await takeLetters(taking, group)
    state.last = group.at(-1)?.uid ?? state.last
    await saveFolderState(context.hub.state, folder.path, state)
    context.onProgress()
  }
  return state
}

/** One step of the back-fill of the folder that `takeNew` just opened: up to 200 letters, newest first. Undefined when nothing is left. */
export async function fillStep(context: PassContext, folder: Folder, state: FolderState): Promise<Progress | undefined> {
  if (state.fill === undefined) return undefined
  const from = fillFrom(context, folder)
  const uids = context.fillUids.get(folder.path) ?? (await findUids(context.client, from))
  context.fillUids.set(folder.path, uids)
  const { below } = state.fill
  const waiting = uids.filter((uid) => uid < below)
  const window = waiting.slice(-fillWindow)
  if (window.length === 0) {
    delete state.fill
    await saveFolderState(context.hub.state, folder.path, state)
    return undefined
  }
  const found = (await readMeta(context.client, packUids(window))).filter((letter) => letter.arrivedAt >= from).sort((a, b) => b.uid - a.uid)
  for (const group of groupBySize(found)) {
    await takeLetters(takingOf(context, folder, state), group)
    state.fill = { below: group.at(-1)?.uid ?? below, done: state.fill.done + group.length }
    await saveFolderState(context.hub.state, folder.path, state)
    context.onProgress()
  }
  state.fill = { ...state.fill, below: window[0] ?? below }
  await saveFolderState(context.hub.state, folder.path, state)
  return { done: state.fill.done, total: state.fill.done + waiting.length - window.length }
}

async function currentState(context: PassContext, folder: Folder, mailbox: MailboxObject): Promise<FolderState> {
  const kept = await readFolderState(context.hub.state, folder.path)
  const uidValidity = String(mailbox.uidValidity)
  if (kept?.uidValidity === uidValidity) return kept
  const next = Math.max(1, mailbox.uidNext || 1)
  const state: FolderState = { uidValidity, last: next - 1, fill: { below: next, done: 0 } }
  context.fillUids.delete(folder.path)
  await saveFolderState(context.hub.state, folder.path, state)
  return state
}

function takingOf(context: PassContext, folder: Folder, state: FolderState): Taking {
  return {
    client: context.client,
    hub: context.hub,
    folder,
    uidValidity: state.uidValidity,
    newFrom: new Date(context.openedAt.getTime() - clockSlackMs),
  }
}

/** From when on letters are wanted: the chosen date, or the moment the channel was opened. Junk is never back-filled. */
function fillFrom(context: PassContext, folder: Folder): Date {
  const opened = new Date(context.openedAt.getTime() - clockSlackMs)
  const chosen = context.settings.backfillFrom === undefined || folder.use === '\\Junk' ? opened : new Date(context.settings.backfillFrom)
  return chosen < opened ? chosen : opened
}

/** By SEARCH; where that is refused or answers nothing though there are letters (Mail.ru, Yandex), by walking the folder. */
async function findUids(client: ImapFlow, from: Date): Promise<number[]> {
  const dayBefore = new Date(from.getTime() - 86_400_000)
  const found = await client.search({ since: dayBefore }, { uid: true }).catch(() => undefined)
  if (Array.isArray(found) && found.length > 0) return found.sort((a, b) => a - b)
  if (!client.mailbox || client.mailbox.exists === 0) return []
  const uids: number[] = []
  const step = 1000
  for (let start = 1; start <= client.mailbox.exists; start += step) {
    const range = `${start}:${Math.min(start + step - 1, client.mailbox.exists)}`
    for (const letter of await client.fetchAll(range, { uid: true, internalDate: true }))
      if (new Date(letter.internalDate ?? 0) >= dayBefore) uids.push(letter.uid)
  }
  return uids.sort((a, b) => a - b)
}
