import type { ImapFlow } from 'imapflow'
import type { EmailSettings } from '../settings.ts'

export interface Folder {
  path: string
  /** `\Sent`, `\Junk` …; absent for ordinary folders. */
  use?: string
}

/** Folders to read: the chosen ones, or inbox, sent and junk. The inbox comes first: it is the one that is watched. */
export async function chooseFolders(client: ImapFlow, settings: EmailSettings): Promise<Folder[]> {
  const listed = (await client.list()).filter((folder) => !folder.flags.has('\\Noselect') && !folder.flags.has('\\NonExistent'))
  const describe = (folder: (typeof listed)[number]): Folder => ({
    path: folder.path,
    ...(folder.specialUse !== undefined && { use: folder.specialUse }),
  })
  if (settings.folders.length > 0) {
    const wanted = settings.folders.map((path) => listed.find((folder) => folder.path === path || folder.path.toLowerCase() === path.toLowerCase()))
    const found = wanted.filter((folder) => folder !== undefined).map(describe)
    if (found.length > 0) return client.capabilities.has('X-GM-EXT-1') ? withoutSubsets(found) : found
  }
  const inbox: Folder = { path: listed.find((folder) => folder.path.toUpperCase() === 'INBOX')?.path ?? 'INBOX' }
  const special = listed.filter((folder) => folder.specialUse === '\\Sent' || folder.specialUse === '\\Junk').map(describe)
  return [inbox, ...special]
}

/** At Gmail "All mail" holds every letter but junk and trash: the other folders would only be read twice. */
function withoutSubsets(folders: Folder[]): Folder[] {
  const all = folders.find((folder) => folder.use === '\\All')
  return all === undefined ? folders : [all, ...folders.filter((folder) => folder.use === '\\Junk' || folder.use === '\\Trash')]
}
