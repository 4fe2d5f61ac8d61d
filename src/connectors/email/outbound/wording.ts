const prefixes =
  /^\s*(?:(?:Re|Fw|Fwd|Ответ|Отв|НА|HA|Пересл|ПЕР|Від|Відп|AW|WG|Antw|Antwort|SV|VS|VB|Vs|RV|RES|ENC|TR|RÉF|Rif|ODP|PD|YNT|İLT|ΑΠ|ΠΡΘ|回复|答复|转发|回覆|轉寄|返信|転送)(?:\[\d+\]|\(\d+\)|\^\d+)?\s*[:：]\s*)+/i

/** A subject without the "Re:" and "Fwd:" of all languages, for comparing and for answering. */
export function bareSubject(subject: string): string {
  return subject.replace(prefixes, '').trim()
}

/** `Re: …` for an answer; the first words of the text where there is no subject. */
export function replySubject(subject: string | undefined, text: string, isAnswer: boolean): string {
  const bare = bareSubject((subject ?? '').replace(/[\r\n]+/g, ' '))
  const words = bare === '' ? (text.trim().split('\n')[0] ?? '').slice(0, 70) : bare
  const isReply = isAnswer || (subject !== undefined && /^\s*(?:Re|Отв(?:ет)?)\s*:/i.test(subject))
  return isReply ? `Re: ${words}`.trim() : words
}

/** The same text as plain paragraphs of HTML, its links made clickable. */
export function textToHtml(text: string): string {
  const paragraphs = text.trim().split(/\n{2,}/)
  return paragraphs.map((paragraph) => `<p>${linkify(escapeHtml(paragraph)).replaceAll('\n', '<br>\n')}</p>`).join('\n')
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

function linkify(escaped: string): string {
  return escaped.replace(/\bhttps?:\/\/[^\s<]{1,2000}[^\s<.,;:!?)]/g, (url) => `<a href="${url}">${url}</a>`)
}
