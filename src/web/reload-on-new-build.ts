const mark = 'reloaded for a new build at'
/** A second failure within this time is no new build: a reload would not help. */
const guardMs = 60_000

/**
 * After the hub was updated, a console that stood open asks for parts that are gone (`vite:preloadError`, https://vite.dev/guide/build#load-error-handling).
 * The page is loaded anew, once: its draft is on the server, its cursor is not needed.
 */
export function reloadOnNewBuild(page: Pick<Window, 'addEventListener' | 'sessionStorage' | 'location'> = window): void {
  page.addEventListener('vite:preloadError', (event) => {
    const before = Number(page.sessionStorage.getItem(mark) ?? 0)
    if (Date.now() - before < guardMs) return
    event.preventDefault()
    page.sessionStorage.setItem(mark, String(Date.now()))
    page.location.reload()
  })
}
