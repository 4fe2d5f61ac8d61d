/** Where the visitor is and whence he came to the site; the first page of a visit keeps its tags. */
export function aboutPage(): { page: string; title: string; referrer?: string; landing?: string } {
  const { landing, referrer } = firstPage()
  return { page: location.href.slice(0, 2000), title: document.title.slice(0, 300), ...(landing && { landing }), ...(referrer && { referrer }) }
}

const name = 'switchboard:landing'

function firstPage(): { landing: string; referrer: string } {
  const here = { landing: location.href.slice(0, 2000), referrer: document.referrer.slice(0, 2000) }
  try {
    const kept = JSON.parse(sessionStorage.getItem(name) ?? 'null') as typeof here | null
    const isTagged = /[?&](utm_|yclid|gclid|fbclid|ysclid|rb_clickid)/.test(location.search)
    if (kept && !isTagged) return kept
    sessionStorage.setItem(name, JSON.stringify(here))
  } catch {
    // Without storage every page is the first.
  }
  return here
}
