/** What a value of the PBX's JSON may mean. */
export const callFields = [
  'event',
  'callId',
  'eventId',
  'direction',
  'from',
  'to',
  'client',
  'dialled',
  'extension',
  'legId',
  'queue',
  'at',
  'order',
  'outcome',
  'startedAt',
  'answeredAt',
  'endedAt',
  'waitSeconds',
  'talkSeconds',
  'recording',
  'recordingId',
  'name',
] as const
export type CallField = (typeof callFields)[number]

/** Names that PBXs have for them, in lower case without `_`, `-` and spaces. The first that is there counts. */
const aliases: Record<CallField, string[]> = {
  event: ['event', 'type', 'eventtype', 'eventname', 'notificationname', 'cmd', 'action', 'callstate', 'state', 'callstatus', 'status'],
  callId: ['callid', 'calluuid', 'uuid', 'callsessionid', 'linkedid', 'sessionid', 'entryid', 'uniqueid', 'pbxcallid', 'cdrid', 'id'],
  eventId: ['eventid', 'webhookid', 'messageid', 'notificationid'],
  direction: ['direction', 'calldirection', 'calltype', 'way'],
  from: ['from', 'caller', 'callerid', 'calleridnum', 'callernumber', 'src', 'source', 'fromnumber', 'srcnum', 'ani', 'phone'],
  to: ['to', 'callee', 'called', 'callednumber', 'destination', 'dst', 'tonumber', 'dstnum'],
  client: ['client', 'clientnumber', 'clientphone', 'contactphonenumber', 'externalnumber', 'customer', 'customerphone'],
  dialled: ['dialled', 'dialed', 'did', 'line', 'linenumber', 'trunk', 'calleddid', 'virtualphonenumber', 'dnis', 'diversion', 'pbxdstnum'],
  extension: ['extension', 'ext', 'internal', 'internalnumber', 'user', 'agent', 'operator', 'employee', 'userextension'],
  legId: ['legid', 'leg', 'channelid', 'channel'],
  queue: ['queue', 'queuename', 'group', 'acdgroup', 'department'],
  at: ['at', 'time', 'timestamp', 'ts', 'datetime', 'date', 'eventtime', 'occurredat', 'notificationtime'],
  order: ['order', 'seq', 'sequence', 'sequencenumber'],
  outcome: ['outcome', 'result', 'disposition', 'dialstatus', 'hangupcause', 'reason', 'callresult'],
  startedAt: ['startedat', 'start', 'starttime', 'callstart', 'callstarttimestamp', 'createtime'],
  answeredAt: ['answeredat', 'answer', 'answertime', 'answerstamp', 'callanswertimestamp'],
  endedAt: ['endedat', 'end', 'endtime', 'finish', 'finishtime', 'hanguptime'],
  waitSeconds: ['waitseconds', 'wait', 'waittime', 'waiting', 'waitduration'],
  talkSeconds: ['talkseconds', 'talk', 'talktime', 'billsec', 'billseconds', 'talkduration', 'duration'],
  recording: [
    'recording',
    'recordingurl',
    'record',
    'recordurl',
    'link',
    'recordlink',
    'callrecordlink',
    'recordingfile',
    'audio',
    'fullrecordfilelink',
  ],
  recordingId: ['recordingid', 'recordid'],
  name: ['name', 'clientname', 'callername', 'calleridname', 'contactname', 'contactfullname'],
}

/** Values by what they mean: what the mapping says (field or path → meaning) goes before what names tell. `paths` are `a.b.c`. */
export function meaningOf(values: ReadonlyMap<string, string>, mapping: Record<string, CallField | 'ignore'>): Partial<Record<CallField, string>> {
  const found: Partial<Record<CallField, string>> = {}
  const mapped = new Map(Object.entries(mapping).map(([path, field]) => [path.toLowerCase(), field]))
  const free = new Map<string, string>()
  for (const [path, value] of values) {
    const last = path.slice(path.lastIndexOf('.') + 1)
    const field = mapped.get(path.toLowerCase()) ?? mapped.get(last.toLowerCase())
    if (field === undefined) {
      const plain = last.toLowerCase().replaceAll(/[_\-\s]/g, '')
      if (!free.has(plain)) free.set(plain, value)
    } else if (field !== 'ignore') found[field] ??= value
  }
  for (const field of callFields) {
    const alias = aliases[field].find((name) => free.has(name))
    const value = alias === undefined ? undefined : free.get(alias)
    if (value !== undefined) found[field] ??= value
  }
  return found
}
