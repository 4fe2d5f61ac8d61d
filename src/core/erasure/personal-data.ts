/**
 * Where personal data of clients is, table by table: the one place that erasing reads. A test compares it with the schema and fails
 * for a table or a column of text that is not named here.
 */
export interface TableRule {
  table: string
  /** Which rows are his: SQL over the tables `erased_…` that hold the ids of what is erased. They are deleted. */
  rows?: string
  /** Columns in which rows of others may mention him: his addresses in them are made unreadable. */
  mentions?: readonly string[]
  /** Columns that hold none of his data, with the reason. */
  safe?: Readonly<Record<string, string>>
  /** A column that names a file of the storage; the file goes unless another row names it. */
  file?: string
}

const ourWord = 'a word of the program'
const ourId = 'an id of a vendor or of ours'
const ofTheFirm = 'written by the firm about itself'
const secret = 'a secret or its hash'
const fileName = 'the name of a file, made by the hub'

/** In the order of deleting. */
export const personalData: readonly TableRule[] = [
  { table: 'entry_versions', rows: 'entry_id in (select id from erased_entries)', mentions: ['content'], safe: { cause: ourWord } },
  {
    table: 'attachments',
    rows: 'entry_id in (select id from erased_entries)',
    mentions: ['name'],
    file: 'file',
    safe: {
      type: ourWord,
      sha256: 'the sum of a content of somebody else',
      file: fileName,
      state: ourWord,
      reason: ourWord,
      words: ourWord,
      ref: ourId,
      content_id: ourId,
    },
  },
  {
    table: 'outbox',
    rows: 'entry_id in (select id from erased_entries)',
    mentions: ['data', 'error'],
    safe: { status: ourWord, external_id: ourId },
  },
  { table: 'external_ids', rows: 'entry_id in (select id from erased_entries)', safe: { external_id: ourId } },
  {
    table: 'recordings',
    rows: 'call_id in (select id from erased_calls)',
    mentions: ['user_value'],
    file: 'file',
    safe: {
      external_id: ourId,
      state: ourWord,
      reason: ourWord,
      ref: ourId,
      file: fileName,
      sha256: 'the sum of a content of somebody else',
      type: ourWord,
      tracks: 'numbers of tracks',
      peaks: 'loudness in numbers',
    },
  },
  { table: 'recording_pauses', rows: 'call_id in (select id from erased_calls)' },
  { table: 'call_comments', rows: 'call_id in (select id from erased_calls)', mentions: ['text'] },
  { table: 'review_samples', rows: 'call_id in (select id from erased_calls)' },
  {
    table: 'reviews',
    rows: `subject_id in (select id from erased_calls union select id from erased_conversations union select id from erased_contacts)`,
    mentions: ['marks'],
    safe: { kind: ourWord },
  },
  { table: 'call_events', rows: 'call_id in (select id from erased_calls)', mentions: ['fact'], safe: { key: ourId } },
  { table: 'call_ids', rows: 'call_id in (select id from erased_calls)', safe: { external_id: ourId } },
  {
    table: 'calls',
    rows: 'id in (select id from erased_calls)',
    mentions: ['from_value', 'to_value', 'legs', 'note', 'disposition'],
    safe: { direction: ourWord, state: ourWord, outcome: ourWord, dialled: 'our own number', queue: ofTheFirm },
  },
  { table: 'rule_firings', rows: 'entry_id in (select id from erased_entries)', safe: { event_key: ourId, status: ourWord, reason: ourWord } },
  {
    table: 'webhook_attempts',
    rows: 'message_id in (select m.id from webhook_messages m join live_events l on l.id = m.live_id where l.contact_id in (select id from erased_contacts))',
    mentions: ['error', 'answer'],
  },
  {
    table: 'webhook_messages',
    rows: 'live_id in (select l.id from live_events l where l.contact_id in (select id from erased_contacts))',
    safe: { type: ourWord, status: ourWord },
  },
  {
    table: 'live_events',
    rows: `contact_id in (select id from erased_contacts) or conversation_id in (select id from erased_conversations)
      or subject_id in (select id::text from erased_entries union all select id::text from erased_contacts union all select id::text from erased_leads union all select id::text from erased_calls)`,
    mentions: ['payload'],
    safe: { type: ourWord, subject_id: ourId },
  },
  {
    table: 'scheduled_messages',
    rows: 'conversation_id in (select id from erased_conversations)',
    mentions: ['text', 'subject', 'cc', 'buttons', 'template', 'detail'],
    safe: { author: 'a user of the console', seen_cursor: ourId, state: ourWord, reason: ourWord },
  },
  { table: 'drafts', rows: 'conversation_id in (select id from erased_conversations)', mentions: ['text'] },
  {
    table: 'participants',
    rows: 'conversation_id in (select id from erased_conversations) or identity_id in (select id from erased_identities)',
    mentions: ['name'],
  },
  {
    table: 'delivery_events',
    rows: 'entry_id in (select id from erased_entries) or delivery_id in (select id from erased_deliveries)',
    safe: { key: 'the key of an event of somebody else', kind: ourWord, status: ourWord, reason: ourWord },
  },
  {
    table: 'waiting_events',
    rows: 'delivery_id in (select id from erased_deliveries)',
    mentions: ['event'],
    safe: { key: ourId, waits_for: ourId },
  },
  { table: 'quarantine', rows: 'delivery_id in (select id from erased_deliveries)', mentions: ['event'], safe: { key: ourId, reason: ourWord } },
  {
    table: 'entries',
    rows: 'id in (select id from erased_entries)',
    mentions: ['error', 'from_value', 'to_value', 'source', 'subject', 'text', 'html', 'match', 'extra', 'outgoing'],
    safe: {
      kind: ourWord,
      medium: ourWord,
      direction: ourWord,
      status: ourWord,
      event_key: 'the key of an event of somebody else',
      external_id: ourId,
      automatic: ourWord,
    },
  },
  {
    table: 'deliveries',
    rows: 'id in (select id from erased_deliveries)',
    file: 'body_file',
    safe: {
      dedupe_key: 'the key of a delivery of somebody else',
      method: ourWord,
      path: 'redacted one by one, see redact-delivery.ts',
      query: 'redacted one by one, see redact-delivery.ts',
      headers: 'redacted one by one, see redact-delivery.ts',
      body: 'redacted one by one, see redact-delivery.ts',
      body_file: fileName,
      sha256: 'the sum of a content of somebody else',
      status: ourWord,
      reason: ourWord,
    },
  },
  { table: 'tasks', rows: 'contact_id in (select id from erased_contacts)', mentions: ['title'], safe: { time_zone: ourWord } },
  { table: 'untouched', rows: 'contact_id in (select id from erased_contacts)', safe: { kind: ourWord } },
  {
    table: 'conversations',
    rows: 'id in (select id from erased_conversations)',
    mentions: ['subject'],
    safe: { medium: ourWord, thread_key: ourId, state: ourWord, our_address: 'our own address' },
  },
  {
    table: 'leads',
    rows: 'contact_id in (select id from erased_contacts)',
    mentions: ['topic', 'lost_reason', 'source', 'first_touch', 'last_touch'],
    safe: { status: ourWord },
  },
  {
    table: 'merge_suggestions',
    rows: 'first_id in (select id from erased_contacts) or second_id in (select id from erased_contacts)',
    mentions: ['reasons'],
    safe: { status: ourWord },
  },
  { table: 'merges', rows: 'from_id in (select id from erased_contacts) or into_id in (select id from erased_contacts)' },
  {
    table: 'contact_pictures',
    rows: 'contact_id in (select id from erased_contacts)',
    file: 'file',
    safe: { ref: ourId, state: ourWord, type: ourWord, sha256: 'the sum of a content of somebody else', file: fileName },
  },
  { table: 'contact_shares', rows: 'contact_id in (select id from erased_contacts)' },
  { table: 'contact_edits', rows: 'contact_id in (select id from erased_contacts)', mentions: ['before', 'after'], safe: { field: ourWord } },
  {
    table: 'contact_identities',
    rows: 'contact_id in (select id from erased_contacts) or identity_id in (select id from erased_identities)',
    safe: { evidence: ourWord, role: ourWord, raw: 'an address of another card' },
  },
  { table: 'opt_outs', rows: 'identity_id in (select id from erased_identities)', safe: { word: 'a word of ours' } },
  { table: 'identities', rows: 'id in (select id from erased_identities)', safe: { kind: ourWord, value: 'an address of another card' } },
  {
    table: 'contacts',
    rows: 'id in (select id from erased_contacts)',
    mentions: ['fields'],
    safe: { name: 'the name of another card', name_by: ourWord, stage: ourWord, language: ourWord },
  },
  {
    table: 'import_rows',
    rows: `made::text ~ (select coalesce(string_agg(id::text, '|'), 'none') from erased_contacts)`,
    mentions: ['cells', 'reasons', 'made', 'undone'],
    safe: { verdict: ourWord, outcome: ourWord },
  },
  {
    table: 'person_exports',
    rows: 'contact_id in (select id from erased_contacts)',
    file: 'file',
    safe: { status: ourWord, language: ourWord, file: fileName, failure: ourWord },
  },
  {
    table: 'idempotency_keys',
    rows: `body::text ~ (select coalesce(string_agg(id::text, '|'), 'none') from erased_contacts)`,
    mentions: ['body'],
    safe: { actor: ourId, key: ourId, route: ourWord, hash: secret },
  },
  {
    table: 'refusals',
    mentions: ['headers'],
    safe: { connector: ourWord, key: ourId, reason: ourWord, method: ourWord, body: 'its row is deleted when it mentions him' },
  },
  { table: 'audit', mentions: ['detail'], safe: { actor: ourWord, action: ourWord, subject: ourId, ip: 'the address of a user of the console' } },
  { table: 'companies', mentions: ['fields'], safe: { name: 'the name of an organisation', domain: 'the domain of an organisation' } },
  {
    table: 'imports',
    safe: {
      name: 'the name of a file that the firm gave',
      file: fileName,
      status: ourWord,
      error: ourWord,
      format: ourWord,
      encoding: ourWord,
      separator: ourWord,
      headers: 'headings of columns',
      signature: 'headings of columns',
      mapping: ofTheFirm,
      options: ofTheFirm,
      columns: 'values are counted, see the erasure of uploaded tables',
    },
  },
  {
    table: 'replays',
    mentions: ['filter'],
    safe: { status: ourWord, error: ourWord, failures: ourWord, place: ourId, actor_kind: ourWord, actor_role: ourWord },
  },
  { table: 'exports', safe: { kind: ourWord, format: ourWord, filter: ofTheFirm, language: ourWord, status: ourWord, error: ourWord } },
  { table: 'channel_versions', safe: { settings: ofTheFirm, changed: ourWord } },
  {
    table: 'channels',
    mentions: ['state_detail'],
    safe: { key: secret, connector: ourWord, media: ourWord, name: ofTheFirm, settings: ofTheFirm, state: ourWord, lease_owner: ourId },
  },
]

/** Tables in which no client is: whole. */
export const tablesWithoutClients: Readonly<Record<string, string>> = {
  _prisma_migrations: 'the state of the schema',
  accounts: 'users of the console',
  addresses: 'our own addresses',
  api_keys: 'keys of the firm',
  apply_attempts: 'which worker tries what',
  channel_consents: 'consents of vendors to the firm',
  channel_state: 'sealed places in the streams of vendors',
  erased_keys: 'keyed hashes',
  erasures: 'numbers alone',
  import_mappings: 'headings of columns',
  presence: 'users of the console',
  routing_rules: 'rules of the firm',
  rules: 'rules of the firm',
  sessions: 'users of the console',
  settings: 'settings of the firm',
  team_members: 'users of the console',
  teams: 'teams of the firm',
  templates: 'texts of the firm',
  two_factors: 'users of the console',
  user_numbers: 'numbers of users of the console',
  users: 'users of the console',
  vendor_lists: 'when lists of vendors were read',
  verifications: 'users of the console',
  webhooks: 'addresses that the firm set up',
}
