import i18next from 'i18next'

/** Reasons of the hub by code, and those its own connectors give as sentences. */
const keys: Record<string, string> = {
  nothing_new: 'nothingNew',
  no_news: 'noNews',
  same_text: 'sameText',
  older_edit: 'olderEdit',
  older_reaction: 'olderReaction',
  deleted_before: 'deletedBefore',
  calls_not_carried: 'callsNotCarried',
  no_sender: 'noSender',
  unknown_key: 'unknownKey',
  bounce: 'bounce',
  'auto-reply': 'autoReply',
  mailing: 'list',
  robot: 'robot',
  'its message has not come yet': 'messageNotCome',
  'who is named has not written yet': 'personNotCome',
  'a replay no longer gives this event': 'replayGone',
  'its channel is gone': 'channelGone',
  'the hidden field was filled in': 'hiddenField',
  'a link in the name': 'linkInName',
  'link mark-up in the text': 'linkMarkup',
  'many links in the text': 'manyLinks',
  'Tilda checks the address': 'tildaPing',
  'a test request of Typeform': 'typeformTest',
  'the request says that it is a test': 'saysTest',
  'removed as a test': 'removedTest',
  'the secret does not match': 'wrongSecret',
  'the signature does not match the secret': 'wrongSignature',
  'the channel has no secret yet': 'noSecretYet',
  'the body is not valid JSON': 'notJson',
  'the body is empty': 'emptyBody',
  'there is no field in it': 'noFields',
  'the token of the visitor is missing or not ours': 'noVisitorToken',
  'the address names no visitor and no id': 'noVisitor',
  'a message without a text or a file': 'emptyMessage',
  'The letter is empty.': 'emptyBody',
  'A letter of ours that came back to us.': 'ownLetter',
  'The mail server put it into its junk folder.': 'junkFolder',
}

const patterns: [RegExp, string][] = [
  [/^filled in within ([\d.]+) s$/, 'tooFast'],
  [/^(\d+) requests from one address within a minute$/, 'tooMany'],
  [/^no secret: /, 'noSecret'],
  [/^a page sent "(.+)"$/, 'pageSent'],
  [/^the page (.+) is not among the allowed origins$/, 'foreignPage'],
  [/^Groups and channels are not carried/, 'groups'],
]

/** A reason in the console's language; one it does not know (another connector's) is shown as it came. */
export function shownReason(reason: string): string {
  const key = keys[reason]
  if (key) return i18next.t(`reason.${key}`)
  for (const [pattern, name] of patterns) {
    const found = pattern.exec(reason)
    if (found) return i18next.t(`reason.${name}`, { detail: found[1] ?? '' })
  }
  return reason
}
