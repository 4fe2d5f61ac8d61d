import type { VisitorLook } from '../../api/contract/visitors.ts'
import { makeCallbackForm } from './callback-form.ts'
import type { Chat } from './chat.ts'
import { type Composer, makeComposer } from './composer.ts'
import { icon, icons, make } from './dom.ts'
import { type LogView, makeLog } from './log-view.ts'
import { makeStartForm } from './start-form.ts'
import type { Language, Texts } from './texts.ts'
import { opening } from './times.ts'

export interface Panel {
  element: HTMLElement
  show(view: 'talk' | 'callback'): void
  /** What is on the screen follows what is known. */
  update(): void
  focus(): void
}

interface Words {
  texts: Texts
  language: Language
}

/** The open chat: head, and below it the conversation, the first questions, or the wish to be called. */
export function makePanel(chat: Chat, look: VisitorLook, words: Words & { base: string }, onClose: () => void): Panel {
  const { texts, language, base } = words
  let view: 'start' | 'talk' | 'callback' | undefined
  let wanted: 'talk' | 'callback' = 'talk'
  let asksAsOnline = false
  let log: LogView | undefined
  let composer: Composer | undefined
  const state = make('p', { class: 'state' })
  const back = button('back', texts.back, () => panel.show('talk'))
  const call = button('phone', texts.callback, () => panel.show('callback'))
  const close = button('down', texts.close, onClose)
  const title = make('h2', { id: 'sb-title' }, look.title ?? texts.title)
  const face = make(
    'span',
    { class: 'face', 'aria-hidden': 'true' },
    look.title ? (Array.from(look.title)[0] ?? '').toUpperCase() : icon(icons.chat, 20),
  )
  const head = make('header', {}, back, face, make('div', { class: 'names' }, title, state), look.hasCallback ? call : null, close)
  const body = make('div', { class: 'body' })
  const noLine = make('p', { class: 'no-line', role: 'status' })
  const element = make('section', { class: 'panel', role: 'dialog', 'aria-labelledby': title.id }, head, noLine, body)
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    onClose()
  })

  function draw(next: 'start' | 'talk' | 'callback'): void {
    // Whether somebody is there decides what is asked first.
    const isOnline = next === 'start' && chat.attendance.isOnline
    if (view === next && (next !== 'start' || asksAsOnline === isOnline)) return
    view = next
    asksAsOnline = isOnline
    log = composer = undefined
    if (next === 'start') keepTyped(body, () => body.replaceChildren(makeStartForm(chat, look, texts, () => panel.show('talk'))))
    if (next === 'callback') body.replaceChildren(makeCallbackForm(chat, look, words, () => panel.show('talk')))
    if (next === 'talk') {
      log = makeLog(chat, base, { ...words, firm: look.title ?? texts.us, greeting: look.greeting ?? texts.greeting })
      composer = makeComposer(chat, look, words, element)
      body.replaceChildren(log.element, composer.element)
    }
    back.hidden = next !== 'callback'
    face.hidden = call.hidden = next === 'callback'
  }

  const panel: Panel = {
    element,
    show(next) {
      wanted = next
      panel.update()
      panel.focus()
    },
    update() {
      const { isOnline, opensAt } = chat.attendance
      const hasTalked = chat.messages.list().length > 0
      const asksFirst = !hasTalked && (!isOnline || Object.values(look.asks).some((asked) => asked !== 'no')) && !isAnswered(chat, look)
      draw(wanted === 'callback' ? 'callback' : asksFirst ? 'start' : 'talk')
      state.className = isOnline ? 'state on' : 'state'
      state.textContent = isOnline ? texts.online : opensAt ? texts.offlineUntil(opening(opensAt, language)) : texts.offline
      noLine.textContent = chat.isUp ? '' : texts.noLine
      log?.update()
    },
    focus() {
      if (composer) composer.focus()
      else body.querySelector<HTMLElement>('input:not([hidden]),textarea')?.focus({ preventScroll: true })
    },
  }
  return panel
}

/** Draws a form anew with what was typed into the former one, and with the caret where it was. */
function keepTyped(body: HTMLElement, redraw: () => void): void {
  const inputs = () => [...body.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('[name]')]
  const typed = new Map(inputs().map((input) => [input.name, input.value]))
  const focused = (body.getRootNode() as Document | ShadowRoot).activeElement?.getAttribute('name')
  redraw()
  for (const input of inputs()) {
    input.value = typed.get(input.name) || input.value
    if (input.name === focused) input.focus({ preventScroll: true })
  }
}

/** He said who he is before, on this device. */
function isAnswered(chat: Chat, look: VisitorLook): boolean {
  const { profile = {} } = chat.storage.kept
  const hasRequired = (['name', 'phone', 'email'] as const).every((one) => look.asks[one] !== 'required' || profile[one])
  return chat.attendance.isOnline && hasRequired && Object.keys(profile).length > 0
}

function button(name: keyof typeof icons, label: string, onClick: () => void): HTMLButtonElement {
  const made = make('button', { class: 'quiet', type: 'button', 'aria-label': label, title: label }, icon(icons[name], 20))
  made.addEventListener('click', onClick)
  return made
}
