import type { VisitorFileView } from '../../api/contract/visitors.ts'
import type { Chat } from './chat.ts'
import { icon, icons, linked, make } from './dom.ts'
import type { Shown } from './messages.ts'
import type { Language, Texts } from './texts.ts'
import { clock, dayOf, sizeOf } from './times.ts'

export interface LogView {
  element: HTMLElement
  update(): void
}

interface LogWords {
  texts: Texts
  language: Language
  /** Stands where nobody's name is shown. */
  firm: string
  greeting: string
}

const sameGroupMs = 5 * 60_000
const nearEnd = 80

/** The conversation, newest at the foot; read out as it grows (role log). */
export function makeLog(chat: Chat, base: string, { texts, language, firm, greeting }: LogWords): LogView {
  const drawn = new Map<string, { was: string; element: HTMLElement }>()
  const earlier = make('button', { class: 'earlier', type: 'button' }, texts.earlier)
  const list = make('div', { class: 'list', role: 'log', 'aria-label': texts.log, 'aria-live': 'polite', tabindex: '0' })
  const typing = make('p', { class: 'typing', role: 'status' })
  const element = make('div', { class: 'log' }, earlier, make('p', { class: 'theirs hello' }, greeting), list, typing)

  earlier.addEventListener('click', async () => {
    const { scrollHeight, scrollTop } = element
    await chat.earlier()
    element.scrollTop = element.scrollHeight - scrollHeight + scrollTop
  })

  function draw(one: Shown, before: Shown | undefined): HTMLElement {
    const isNewDay = !before || new Date(before.at).toDateString() !== new Date(one.at).toDateString()
    const isFirst = isNewDay || !before || before.isOwn !== one.isOwn || before.author !== one.author || one.at - before.at > sameGroupMs
    const was = JSON.stringify([one.text, one.state, one.fault, one.files, isFirst, isNewDay, isNewDay && dayOf(one.at, language, texts)])
    const known = drawn.get(one.key)
    if (known?.was === was) return known.element
    const row = make(
      'div',
      { class: `row ${one.isOwn ? 'own' : 'theirs'}${isFirst ? ' first' : ''}` },
      isNewDay ? make('p', { class: 'day' }, dayOf(one.at, language, texts)) : null,
      isFirst ? make('p', { class: one.isOwn ? 'unseen' : 'who' }, one.isOwn ? texts.you : (one.author ?? firm)) : null,
      ...one.files.map((file) => drawFile(file, one.isOwn)),
      one.text === '' ? null : make('div', { class: 'bubble', dir: 'auto' }, ...linked(one.text)),
      foot(one),
    )
    drawn.set(one.key, { was, element: row })
    return row
  }

  function drawFile(file: VisitorFileView, isOwn: boolean): HTMLElement {
    const size = file.size === null ? '' : sizeOf(file.size, { texts, language })
    const words = [make('span', {}, file.name), make('small', {}, file.url || isOwn ? size : texts.gone)]
    if (!file.url) return make('div', { class: 'file' }, icon(icons.file, 20), ...words)
    const href = `${base}${file.url}`
    const isPicture = /^image\/(png|jpe?g|gif|webp|avif)$/.test(file.type)
    const shown = isPicture ? [make('img', { src: href, alt: file.name, loading: 'lazy' })] : [icon(icons.file, 20), ...words]
    return make('a', { class: isPicture ? 'picture' : 'file', href, target: '_blank', rel: 'noopener noreferrer', download: file.name }, ...shown)
  }

  function foot(one: Shown): HTMLElement {
    const time = make('span', {}, clock(one.at, language))
    if (!one.isOwn) return make('p', { class: 'foot' }, time)
    if (one.state === 'refused') {
      const again = make('button', { type: 'button' }, texts.again)
      again.addEventListener('click', () => chat.retry(one.key))
      return make('p', { class: 'foot bad' }, icon(icons.fault, 14), one.fault === 'too_large' ? texts.tooLarge : texts.refused, again)
    }
    const word = { waiting: texts.waiting, stored: texts.stored, seen: texts.seen }[one.state]
    const mark = { waiting: icons.clock, stored: icons.sent, seen: icons.seen }[one.state]
    const sign = make('span', { class: `mark ${one.state}`, title: word }, icon(mark, 14), make('span', { class: 'unseen' }, word))
    return make('p', { class: 'foot' }, one.fault === 'slow' ? texts.slow : time, sign)
  }

  return {
    element,
    update() {
      const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd
      const all = chat.messages.list()
      const rows = all.map((one, index) => draw(one, all[index - 1]))
      place(list, rows)
      earlier.hidden = !chat.hasEarlier
      const isTyping = chat.typing !== undefined && chat.typing.until > Date.now()
      const words = !isTyping ? '' : chat.typing?.name ? texts.typing(chat.typing.name) : texts.typingNobody
      if (typing.textContent !== words)
        typing.replaceChildren(words, words && make('span', { class: 'dots', 'aria-hidden': 'true' }, make('i'), make('i'), make('i')))
      if (isAtEnd) element.scrollTop = element.scrollHeight
    },
  }
}

/** Puts the rows in order, touching only what is not in its place. */
function place(list: HTMLElement, rows: HTMLElement[]): void {
  for (const [index, row] of rows.entries()) if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null)
  while (list.children.length > rows.length) list.lastElementChild?.remove()
}
