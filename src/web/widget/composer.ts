import type { VisitorLook } from '../../api/contract/visitors.ts'
import type { Chat } from './chat.ts'
import { icon, icons, make } from './dom.ts'
import type { Language, Texts } from './texts.ts'
import { sizeOf } from './times.ts'

const mostFiles = 10

export interface Composer {
  element: HTMLElement
  focus(): void
}

/** Where the visitor writes: Enter sends, Shift+Enter begins a line; files by the clip, by pasting and by dropping on the panel. */
export function makeComposer(chat: Chat, look: VisitorLook, words: { texts: Texts; language: Language }, panel: HTMLElement): Composer {
  const { texts } = words
  let files: File[] = []
  const text = make('textarea', { rows: '1', 'aria-label': texts.write, placeholder: texts.write, maxlength: '10000', enterkeyhint: 'send' })
  const send = make('button', { class: 'send', type: 'submit', 'aria-label': texts.send, title: texts.send }, icon(icons.send, 20))
  const chosen = make('ul', { class: 'chosen' })
  const complaint = make('p', { class: 'complaint', role: 'alert' })
  const picker = make('input', { type: 'file', multiple: '', hidden: '', tabindex: '-1' })
  const clip = make('button', { class: 'quiet', type: 'button', 'aria-label': texts.attach, title: texts.attach }, icon(icons.clip, 20))
  const form = make('form', { class: 'composer' }, chosen, complaint, make('div', { class: 'line' }, look.hasFiles ? clip : null, text, send), picker)

  function settle(): void {
    send.disabled = text.value.trim() === '' && files.length === 0
    text.style.height = 'auto'
    text.style.height = `${Math.min(text.scrollHeight, 128)}px`
    chosen.replaceChildren(
      ...files.map((file) => {
        const away = make('button', { type: 'button', 'aria-label': texts.detach(file.name) }, icon(icons.close, 14))
        away.addEventListener('click', () => {
          files = files.filter((one) => one !== file)
          settle()
          text.focus()
        })
        return make('li', {}, make('span', {}, file.name), make('small', {}, sizeOf(file.size, words)), away)
      }),
    )
  }

  function take(given: Iterable<File>): void {
    if (!look.hasFiles) return
    const all = [...given]
    const fit = all.filter((file) => file.size <= look.maxFileBytes)
    const room =
      fit.reduce(
        (sum, file) => sum + file.size,
        files.reduce((sum, file) => sum + file.size, 0),
      ) <= look.maxFileBytes
    complaint.textContent = fit.length < all.length || !room ? texts.tooBig(sizeOf(look.maxFileBytes, words)) : ''
    if (room) files = [...files, ...fit].slice(0, mostFiles)
    settle()
  }

  function submit(): void {
    if (send.disabled) return
    chat.say({ text: text.value.trim(), files })
    files = []
    text.value = ''
    chat.storage.save({ draft: '' })
    settle()
    text.focus()
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    submit()
  })
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit()
  })
  text.addEventListener('input', () => {
    chat.tellTyping(text.value !== '')
    chat.storage.save({ draft: text.value })
    settle()
  })
  text.addEventListener('blur', () => chat.tellTyping(false))
  text.addEventListener('paste', (event) => {
    const pasted = [...(event.clipboardData?.files ?? [])]
    if (pasted.length === 0) return
    event.preventDefault()
    take(pasted)
  })
  clip.addEventListener('click', () => picker.click())
  picker.addEventListener('change', () => {
    take(picker.files ?? [])
    picker.value = ''
  })
  panel.addEventListener('dragover', (event) => event.preventDefault())
  panel.addEventListener('drop', (event) => {
    event.preventDefault()
    take(event.dataTransfer?.files ?? [])
  })
  text.value = chat.storage.kept.draft ?? ''
  settle()
  return { element: form, focus: () => text.focus({ preventScroll: true }) }
}
