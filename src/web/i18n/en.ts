import type { Texts } from './ru.ts'

export const en: Texts = {
  nav: {
    waiting: 'Waiting', clients: 'Clients', leads: 'Leads', channels: 'Channels', forms: 'Forms', log: 'Log', quarantine: 'Quarantine', team: 'Team', keys: 'Keys', profile: 'Profile',
    online: 'online', behind: '{{n}} s behind', signOut: 'Sign out',
  },
  common: {
    save: 'Save', cancel: 'Cancel', close: 'Close', more: 'Show more', copy: 'Copy', copied: 'Copied', undo: 'Undo', add: 'Add', search: 'Search', loading: 'Loading',
    nothing: 'Nothing yet', retry: 'Try again', today: 'today', yesterday: 'yesterday', all: 'All', name: 'Name', yes: 'Yes', no: 'No', open: 'open', of: 'of',
  },
  error: {
    title: 'It did not work', kept: 'Nothing is lost. Try again.', offline: 'The hub cannot be reached. Whatever comes is kept and will appear.', forbidden: 'Your role does not allow this.',
    stale: 'Something new came while you wrote. Read it and send again.', conflict: 'Somebody else has changed this.',
  },
  signIn: { title: 'Sign in', email: 'E-mail', password: 'Password', enter: 'Sign in', wrong: 'The e-mail or the password is wrong.', code: 'Code from your app', codeTitle: 'Second step', codeWrong: 'The code did not fit. Wait for the next one.' },
  setup: {
    title: 'Set up Switchboard', intro: 'One page, and the hub is ready for requests.', firm: 'Name of the firm', you: 'Your name', email: 'Your e-mail', password: 'Password', passwordHint: 'At least 10 characters',
    language: 'Language', zone: 'Time zone', country: 'Country (for phones)', client: 'A client is', contact: 'a person', company: 'a company', go: 'Done, on to the first channel', badLink: 'The link is used up or wrong. Take a fresh one from the output of the program.',
  },
  waiting: {
    title: 'Waiting', mine: 'Mine', team: 'My team', all: 'All', long: 'Waiting for over an hour', recent: 'Waiting for less than an hour', empty: 'Nobody waits', emptyHint: 'Everybody who wrote and has no answer yet appears here. Connect a channel and the first request comes by itself.',
    connect: 'Connect a channel', nobody: 'nobody', you: 'you', minutes: '{{n}} min', hours: '{{h}} h {{n}} min', days: '{{n}} d', choose: 'Choose whom to answer', unnamed: 'No name',
  },
  conversation: {
    everything: 'Everything', messages: 'Messages', forms: 'Forms', notes: 'Notes', noAnswer: 'No answer needed', take: 'Take', taken: 'Taken', closed: 'Close', reopen: 'Open again',
    why: 'why here', you: 'You', colleague: 'Colleague', automatic: 'Automatic', edited: 'edited', deleted: 'The author deleted this message', form: 'Site form', source: 'Source', note: 'Note', noteHint: 'colleagues only', repeated: 'perhaps repeated',
    quote: 'Show the quote', html: 'Show the letter as it came', text: 'Show the text', images: 'Show pictures', send: 'Send', write: 'Write an answer', writeNote: 'A note for colleagues', attach: 'Attach a file', draft: 'draft kept',
    noWay: 'There is no way to answer here: a form takes no answers.', via: 'Answer by', newer: 'Came while you wrote', sendAnyway: 'Send anyway', offline: 'No connection: sending waits.', emptyTimeline: 'Nothing has happened here yet.',
    move: 'Move to another card', moveTo: 'Whose card', moved: 'Moved', earlier: 'Earlier', file: 'file', fetching: 'being fetched', missing: 'not received',
  },
  status: { queued: 'queued', sending: 'sending', sent: 'sent', delivered: 'delivered', read: 'read', failed: 'not sent', unconfirmed: 'not known whether it arrived' },
  match: {
    known_identity: 'This identity is on the card already: {{identity}}.', new_contact: '{{identity}} was not known before: a new card was made.', strongest_of_several: 'Several cards were possible; this one has the strongest proof: {{identity}}.',
    most_recent_of_several: 'Several cards were possible; the one touched last was chosen: {{identity}}. Please check.', no_identity: 'Neither phone nor e-mail: a card of its own.', thread: 'The letter answers an exchange of this card.', moved: 'Moved by a person.', other: 'Matched by {{identity}}.',
  },
  evidence: { attested: 'attested', verified: 'verified', claimed: 'claimed', manual: 'entered by hand' },
  card: {
    title: 'Card', edits: 'Edits', lead: 'Lead', client: 'Client', since: 'since {{date}}', owner: 'Owner', nobody: 'nobody', identities: 'Identities', leads: 'Leads', company: 'Company', perhaps: 'Perhaps the same person', compare: 'Merge', notSame: 'Different people',
    merged: 'The cards are merged', noEdits: 'No edits', restore: 'Restore', rename: 'Change the name', makeClient: 'Make a client', addIdentity: 'Add',
  },
  clients: { title: 'Clients', find: 'Name, phone in any notation, e-mail', name: 'Name', reach: 'Reach', stage: 'Stage', last: 'Last touch', empty: 'No clients yet', emptyHint: 'A card appears with the first request. Or make one yourself.', create: 'New client' },
  leads: { title: 'Leads', topic: 'Topic', status: 'Status', created: 'Created', source: 'Source', new: 'new', working: 'working', won: 'won', lost: 'lost', junk: 'junk', empty: 'No leads yet', emptyHint: 'A lead is made when a new person turns up or a form comes in.', reason: 'Why lost' },
  channels: {
    title: 'Channels', add: 'Add a channel', catalogue: 'What to connect', name: 'Name', test: 'Test', works: 'It works', pause: 'Pause', resume: 'Resume', remove: 'Remove', settings: 'Settings', hook: 'Address to send to', steps: 'What to do',
    waiting: 'Waiting for the first request', last: 'last {{time}}', none: 'No channels yet', noneHint: 'A channel is one mailbox, one bot or one form. Choose where people write to you.', create: 'Connect', guide: 'In detail', webhook: 'Tell the vendor the address', firstCame: 'The first request has come',
    ok: 'works', attention: 'needs a person', retrying: 'tries again', working: 'is loading', paused: 'paused',
  },
  forms: { title: 'Forms', address: 'Address', snippets: 'How to embed', empty: 'No forms yet', emptyHint: 'Make a form: the hub gives an address and ready code.', create: 'New form', send: 'Send a test request', sent: 'The test request is sent' },
  log: {
    title: 'Delivery log', hint: 'everything that came, to the last byte', all: 'All', applied: 'Applied', received: 'Waiting', ignored: 'No effect', parked: 'Parked', held: 'Held', at: 'Received', channel: 'Channel', steps: 'Four steps', result: 'What came of it',
    replay: 'Replay', replayHint: 'Nothing is sent, no rule or notification fires. The former content stays as a version.', replayed: 'Replayed: {{added}} new, {{rewritten}} changed', body: 'Body, byte for byte', headers: 'Headers', events: 'How it was read', taken: 'Received', verified: 'Verified', read: 'Read', matched: 'Matched',
    refusals: 'Refusals of 24 hours', refusalsHint: 'these made no delivery', noRefusals: 'No refusals', empty: 'Nothing has come yet', repeats: '{{n}} repeats', size: '{{n}} bytes', unknownKey: 'unknown key', forEntry: 'to the entry',
  },
  quarantine: { title: 'Quarantine', hint: 'spam and robots: a touch without a card', release: 'Release', released: 'Released', empty: 'Quarantine is empty', emptyHint: 'What looks like spam comes here. Released, it has its original time.', reason: 'Reason' },
  team: {
    title: 'Team', invite: 'Invite', name: 'Name', email: 'E-mail', role: 'Role', disable: 'Switch off', enable: 'Switch on', disabled: 'switched off', own: 'own clients only', password: 'Temporary password: {{password}}. Hand it over in person.',
    operator: 'Operator', reviewer: 'Reviewer', manager: 'Manager', integrator: 'Integrator', admin: 'Administrator', teams: 'Teams',
  },
  keys: { title: 'API keys', create: 'New key', name: 'What for', once: 'Copy it now: it is not shown again.', revoke: 'Revoke', revoked: 'revoked', used: 'used', never: 'never used', empty: 'No keys yet', emptyHint: 'Programs need a key: bookkeeping, the site, reports.' },
  profile: { title: 'Profile', language: 'Language', theme: 'Theme', light: 'light', dark: 'dark', auto: 'as the system', totp: 'Second step at sign-in', totpOn: 'on', totpOff: 'off', totpStart: 'Switch on', totpHint: 'Enter this key in your authenticator and type its code', totpConfirm: 'Confirm', password: 'Current password' },
  palette: { open: 'Search', hint: 'Name, phone, a word of a letter, a scene', nothing: 'Nothing found' },
}
