import type { VisitorLook } from '../../api/contract/visitors.ts'
import { Chat } from './chat.ts'
import { openStorage } from './kept.ts'
import { makeLauncher } from './launcher.ts'
import { chooseLanguage, texts } from './texts.ts'
import { getLook, type Place } from './wire.ts'

type Command = 'open' | 'close' | 'callback' | 'identify' | 'logout'
type Api = ((command: Command, given?: unknown) => void) & { q?: unknown[] }

declare global {
  interface Window {
    Switchboard?: Api
  }
}

// The script of a chat, for a page of another site: `<script src="https://hub.example/widget.js" data-channel="…" async></script>`.
const script = document.currentScript
const key = script?.getAttribute('data-channel') ?? ''
if (script instanceof HTMLScriptElement && key !== '') {
  const place = { base: new URL('.', script.src).href.replace(/\/$/, ''), key }
  if (document.body) void start(place, script)
  else addEventListener('DOMContentLoaded', () => void start(place, script))
} else console.error('Switchboard: the script has no data-channel.')

async function start(place: Place, tag: HTMLScriptElement): Promise<void> {
  const language = (look: VisitorLook) =>
    chooseLanguage(look.language, tag.getAttribute('data-lang'), document.documentElement.lang, navigator.language)
  let show = () => {}
  const asking = getLook(place).catch((error: unknown) => {
    console.error('Switchboard: the chat is not shown. Is this site among the allowed ones?', error)
    return undefined
  })
  const before = openStorage(place.key).kept.look
  // What was shown last time is shown at once; a change of the settings shows with the next page.
  const given = before ? undefined : await asking
  const look = before ?? given?.widget
  if (!look) return
  const chat = new Chat(place, language(look), () => show())
  const launcher = makeLauncher(chat, look, {
    texts: texts[language(look)],
    language: language(look),
    base: place.base,
    isHidden: tag.hasAttribute('data-hidden'),
  })
  show = launcher.update
  void asking.then((fresh) => {
    if (!fresh) return
    chat.storage.save({ look: fresh.widget })
    chat.attendance = fresh
    launcher.update()
  })
  serve(chat, launcher)
  if (chat.isKnown) void chat.open()
  if (chat.storage.kept.isOpen && innerWidth > 480) launcher.open({ isQuiet: true })
}

/** What the page may ask for: `Switchboard('open')`; what it asked before the script was there is done now. */
function serve(chat: Chat, launcher: ReturnType<typeof makeLauncher>): void {
  const waiting = window.Switchboard?.q ?? []
  const api: Api = (command, given) => {
    if (command === 'open') launcher.open()
    if (command === 'callback') launcher.open({ view: 'callback' })
    if (command === 'close') launcher.close()
    if (command === 'identify') void chat.identify(given)
    if (command === 'logout') chat.logout()
  }
  window.Switchboard = api
  for (const one of waiting) api(...(Array.from(one as ArrayLike<unknown>) as [Command, unknown]))
}
