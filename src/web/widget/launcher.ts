import type { VisitorLook } from '../../api/contract/visitors.ts'
import type { Chat } from './chat.ts'
import { icon, icons, make } from './dom.ts'
import { makePanel, type Panel } from './panel.ts'
import { style } from './style.ts'
import type { Language, Texts } from './texts.ts'

export interface Launcher {
  /** `isQuiet`: the page was loaded anew with the chat open; what the visitor does there is not interrupted. */
  open(how?: { view?: 'talk' | 'callback'; isQuiet?: boolean }): void
  close(): void
  update(): void
}

interface Options {
  texts: Texts
  language: Language
  base: string
  /** The page has a button of its own. */
  isHidden: boolean
}

/** The round button, and the panel once it is asked for; all in a shadow root of its own. */
export function makeLauncher(chat: Chat, look: VisitorLook, options: Options): Launcher {
  const { texts, language, isHidden } = options
  const host = make('div', { lang: language, 'data-side': look.position, 'data-switchboard': '' })
  const root = host.attachShadow({ mode: 'open' })
  addStyle(root)
  host.style.setProperty('--c', look.colour)
  host.style.setProperty('--on', look.onColour)
  const badge = make('span', { class: 'badge' })
  const button = make('button', { class: 'launcher', type: 'button', 'aria-haspopup': 'dialog' }, icon(icons.chat, 26), badge)
  root.append(button)
  let panel: Panel | undefined
  let isOpen = false

  function update(): void {
    badge.hidden = chat.unread === 0
    badge.textContent = String(Math.min(chat.unread, 99))
    button.setAttribute('aria-label', chat.unread > 0 ? texts.unread(chat.unread) : texts.open)
    button.hidden = isOpen || isHidden
    if (!isOpen) return
    panel?.update()
    if (document.visibilityState === 'visible') chat.read()
  }

  const launcher: Launcher = {
    open({ view = 'talk', isQuiet = false } = {}) {
      isOpen = true
      panel ??= makePanel(chat, look, options, launcher.close)
      root.append(panel.element)
      chat.storage.save({ isOpen })
      void chat.open()
      update()
      if (!isQuiet) panel.show(view)
    },
    close() {
      if (!isOpen) return
      isOpen = false
      panel?.element.remove()
      chat.storage.save({ isOpen })
      update()
      button.focus({ preventScroll: true })
    },
    update,
  }
  button.addEventListener('click', () => launcher.open())
  document.addEventListener('visibilitychange', update)
  // A pen that is no longer moving is put away.
  setInterval(() => chat.typing && chat.typing.until < Date.now() && update(), 2_000)
  document.body.append(host)
  update()
  return launcher
}

/** A constructed sheet passes a strict style-src; browsers before 2023 get an element. */
function addStyle(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(style)
    root.adoptedStyleSheets = [sheet]
  } catch {
    root.append(make('style', {}, style))
  }
}
