import { compile } from 'html-to-text'

const maxHtml = 500_000

const convert = compile({
  wordwrap: false,
  limits: { maxDepth: 100, maxBaseElements: 10, maxChildNodes: 20_000 },
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, noAnchorUrl: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'blockquote', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'table', options: { uppercaseHeaderCells: false } },
  ],
})

/** Readable text of an HTML letter. Never throws; of what is longer than 500 000 characters the beginning. */
export function htmlToPlain(html: string): string {
  try {
    return convert(html.slice(0, maxHtml)).trim()
  } catch {
    return html
      .slice(0, maxHtml)
      .replace(/<[^>]{0,5000}>/g, ' ')
      .replace(/[ \t]+/g, ' ')
      .trim()
  }
}
