import { parentPort } from 'node:worker_threads'
import purify, { type Config, clearWindow } from 'isomorphic-dompurify'
import type { SanitiseAnswer, SanitisedLetter, SanitiseRequest } from './sanitise-letter.ts'

const config: Config = {
  USE_PROFILES: { html: true },
  FORCE_BODY: true,
  FORBID_TAGS: [
    'form',
    'input',
    'button',
    'select',
    'textarea',
    'option',
    'dialog',
    'base',
    'link',
    'meta',
    'audio',
    'video',
    'source',
    'track',
    'template',
  ],
  FORBID_ATTR: ['action', 'formaction', 'ping', 'autofocus', 'contenteditable', 'tabindex', 'accesskey'],
}
const lettersPerWindow = 50
const remoteSource = /^\s*(?:https?:)?\/\//i
const remoteStyle = /url\(\s*['"]?\s*(?:https?:)?\/\/|@import/i

let sanitised = 0
let keepImages = false
let remoteImages = false

function addHooks(): void {
  purify.addHook('afterSanitizeAttributes', (element) => {
    if (element.tagName === 'A' || element.tagName === 'AREA') {
      element.setAttribute('target', '_blank')
      element.setAttribute('rel', 'noopener noreferrer nofollow')
    }
    for (const name of ['src', 'srcset', 'background', 'poster']) blockRemote(element, name)
    if (remoteStyle.test(element.getAttribute('style') ?? '')) remoteImages = true
    if (element.tagName === 'STYLE' && remoteStyle.test(element.textContent ?? '')) remoteImages = true
  })
}

function blockRemote(element: Element, name: string): void {
  const value = element.getAttribute(name)
  if (value === null || !(name === 'srcset' || remoteSource.test(value))) return
  remoteImages = true
  if (!keepImages) element.removeAttribute(name)
}

function sanitise(request: SanitiseRequest): SanitisedLetter {
  // jsdom keeps what it parsed for as long as its window lives.
  if (sanitised++ % lettersPerWindow === 0) {
    clearWindow()
    addHooks()
  }
  keepImages = request.images
  remoteImages = false
  const html = purify.sanitize(request.html, config)
  return { html, remoteImages }
}

function answer(request: SanitiseRequest): SanitiseAnswer {
  try {
    return { id: request.id, letter: sanitise(request) }
  } catch (error) {
    return { id: request.id, error: error instanceof Error ? error.message : String(error) }
  }
}

parentPort?.on('message', (request: SanitiseRequest) => parentPort?.postMessage(answer(request)))
