import type { Fields } from './ami-server.ts'
import { type CdrRecord, cdrEvent, cdrLine } from './cdr-record.ts'
import type { Bridge, Chan } from './channel.ts'

const stateNames: Record<number, string> = { 0: 'Down', 4: 'Ring', 5: 'Ringing', 6: 'Up' }
const causes: Record<number, string> = { 16: 'Normal Clearing', 17: 'User busy', 19: 'User alerting, no answer', 26: 'Answered elsewhere' }

/**
 * The telephones of a small firm, as far as AMI tells of them: channels, dialling, bridges, queues, transfers. Fields and order are those of the
 * AMI v2 specification: Newchannel first and Hangup last of a channel, BridgeLeave before Hangup, Linkedid of the oldest channel.
 */
export class Pbx {
  readonly #tell: (event: Fields) => void
  readonly #channels = new Map<string, Chan>()
  #count = 0
  /** Lines of the CDR file, oldest first. */
  readonly cdr: string[] = []
  /** The clock of this machine, ms. */
  now: () => number = Date.now

  constructor(tell: (event: Fields) => void) {
    this.#tell = tell
  }

  channels(): Chan[] {
    return [...this.#channels.values()]
  }

  find(name: string): Chan | undefined {
    return this.#channels.get(name)
  }

  /** A client rings in over a trunk. */
  incoming(callerNum: string, exten: string, callerName = '<unknown>', trunk = 'PJSIP/trunk'): Chan {
    return this.#create({ device: trunk, state: 4, callerNum, callerName, exten, context: 'from-trunk' })
  }

  /** A user takes his phone and dials. */
  lift(extension: string, exten: string): Chan {
    return this.#create({
      device: `PJSIP/${extension}`,
      state: 4,
      callerNum: extension,
      callerName: `User ${extension}`,
      exten,
      context: 'from-internal',
    })
  }

  /** Rings a phone (`PJSIP/101`), or a client over a trunk (`PJSIP/79990001122@trunk`). */
  dial(caller: Chan, target: string): Chan {
    const dialString = target.replace(/^[^/]*\//, '')
    const device = dialString.includes('@') ? `PJSIP/${dialString.split('@')[1]}` : target
    const callerNum = dialString.includes('@') ? caller.exten : dialString
    const dest = this.#create({
      device,
      state: 0,
      callerNum,
      callerName: '<unknown>',
      exten: '',
      context: 'from-internal',
      linkedid: caller.linkedid,
      caller,
      dialled: target,
    })
    this.#event('DialBegin', [...this.snapshot(caller), ...this.snapshot(dest, 'Dest'), ['DialString', dialString]])
    this.#setState(dest, 5)
    return dest
  }

  /** The dialled end picks up: both meet in a bridge. */
  answer(dest: Chan): Bridge {
    this.#setState(dest, 6)
    dest.answeredAt = this.now()
    const { caller } = dest
    if (!caller) throw new Error('nobody dialled this channel')
    if (caller.state !== 6) this.#setState(caller, 6)
    caller.answeredAt ??= this.now()
    this.#event('DialEnd', [...this.snapshot(caller), ...this.snapshot(dest, 'Dest'), ['DialStatus', 'ANSWER']])
    return this.bridge([dest, caller])
  }

  /** The dialled end does not: BUSY, NOANSWER, CANCEL, CHANUNAVAIL, CONGESTION. */
  refuse(dest: Chan, status: string): void {
    if (dest.caller) this.#event('DialEnd', [...this.snapshot(dest.caller), ...this.snapshot(dest, 'Dest'), ['DialStatus', status]])
    if (dest.caller)
      this.#record(dest.caller, dest, status === 'BUSY' ? 'BUSY' : status === 'NOANSWER' || status === 'CANCEL' ? 'NO ANSWER' : 'FAILED')
    this.#drop(dest, status === 'BUSY' ? 17 : status === 'CANCEL' ? 26 : 19)
  }

  bridge(channels: Chan[]): Bridge {
    this.#count += 1
    const bridge: Bridge = { id: `b0000000-0000-4000-8000-${String(this.#count).padStart(12, '0')}`, channels: [] }
    for (const channel of channels) this.enter(channel, bridge)
    return bridge
  }

  /** The group of the older channel takes in the other: its Linkedid changes. */
  enter(channel: Chan, bridge: Bridge): void {
    if (channel.state !== 6) this.#setState(channel, 6)
    const oldest = [channel, ...bridge.channels].map((one) => one.linkedid).sort()[0] ?? channel.linkedid
    for (const one of [channel, ...bridge.channels]) one.linkedid = oldest
    bridge.channels.push(channel)
    channel.bridge = bridge
    this.#event('BridgeEnter', [...this.#bridgeFields(bridge), ...this.snapshot(channel)])
  }

  leave(channel: Chan): void {
    const { bridge } = channel
    if (!bridge) return
    bridge.channels = bridge.channels.filter((one) => one !== channel)
    channel.bridge = undefined
    this.#event('BridgeLeave', [...this.#bridgeFields(bridge), ...this.snapshot(channel)])
  }

  hold(channel: Chan, isHeld = true): void {
    this.#event(isHeld ? 'Hold' : 'Unhold', [...this.snapshot(channel), ...(isHeld ? ([['MusicClass', 'default']] as Fields) : [])])
  }

  /** One end hangs up: everybody in its bridge goes, and whoever is still rung by it. */
  hangUpAll(channel: Chan): void {
    const others = channel.bridge?.channels.filter((one) => one !== channel) ?? []
    const rung = this.channels().filter((one) => one.caller === channel && one.state === 5)
    for (const dest of rung) this.refuse(dest, 'CANCEL')
    const everybody = [channel, ...others]
    for (const one of everybody) this.leave(one)
    const caller = everybody.find((one) => everybody.includes(one.caller ?? one) && one.caller === undefined) ?? channel
    const dest = everybody.find((one) => one !== caller)
    if (dest || rung.length === 0) this.#record(caller, dest, dest ? 'ANSWERED' : caller.answeredAt === undefined ? 'NO ANSWER' : 'ANSWERED')
    for (const one of everybody) this.#drop(one, 16)
  }

  /** One of many hangs up, and nobody else. */
  quit(channel: Chan): void {
    this.leave(channel)
    this.#drop(channel, 16)
  }

  joinQueue(caller: Chan, queue: string): void {
    if (caller.state !== 6) this.#setState(caller, 6)
    caller.answeredAt ??= this.now()
    this.#event('QueueCallerJoin', [...this.snapshot(caller), ['Queue', queue], ['Position', 1], ['Count', 1]])
  }

  /** The dialplan gives the caller to the voicemail, which picks up. */
  voicemail(caller: Chan, mailbox: string): void {
    this.#event(
      'Newexten',
      [...this.snapshot(caller), ['Extension', caller.exten], ['Application', 'VoiceMail'], ['AppData', `${mailbox},u`]],
      'dialplan',
    )
    if (caller.state !== 6) this.#setState(caller, 6)
    caller.answeredAt ??= this.now()
  }

  leaveQueue(caller: Chan, queue: string, isAbandoned: boolean): void {
    const fields: Fields = [...this.snapshot(caller), ['Queue', queue], ['Position', 1]]
    if (isAbandoned) this.#event('QueueCallerAbandon', [...fields, ['OriginalPosition', 1], ['HoldTime', 5]])
    this.#event('QueueCallerLeave', [...fields, ['Count', 0]])
  }

  /** A phone sends whom it talks to elsewhere and goes; who was sent rings there. */
  blindTransfer(transferer: Chan, exten: string): Chan | undefined {
    const { bridge } = transferer
    const other = bridge?.channels.find((one) => one !== transferer)
    if (!bridge || !other) return undefined
    this.#event('BlindTransfer', [
      ['Result', 'Success'],
      ...this.snapshot(transferer, 'Transferer'),
      ...this.snapshot(other, 'Transferee'),
      ...this.#bridgeFields(bridge),
      ['IsExternal', 'No'],
      ['Context', 'from-internal'],
      ['Extension', exten],
    ])
    this.leave(transferer)
    this.leave(other)
    this.#record(other.caller ?? other, other.caller ? other : transferer, 'ANSWERED')
    this.#drop(transferer, 16)
    other.caller = undefined
    return this.dial(other, `PJSIP/${exten}`)
  }

  /** A phone that talks to one and has asked another joins the two and goes, with both its channels. */
  attendedTransfer(first: Chan, second: Chan): void {
    const [one, two] = [first.bridge, second.bridge]
    const target = two?.channels.find((channel) => channel !== second)
    if (!one || !two || !target) throw new Error('both have to talk to somebody')
    this.#event('AttendedTransfer', [
      ['Result', 'Success'],
      ...this.snapshot(first, 'OrigTransferer'),
      ['OrigBridgeUniqueid', one.id],
      ...this.snapshot(second, 'SecondTransferer'),
      ['SecondBridgeUniqueid', two.id],
      ['DestType', 'Bridge'],
      ['DestBridgeUniqueid', one.id],
      ...this.snapshot(target, 'TransferTarget'),
    ])
    this.leave(target)
    this.leave(second)
    this.enter(target, one)
    this.leave(first)
    target.caller = one.channels.find((channel) => channel !== target)
    this.#drop(second, 16)
    this.#drop(first, 16)
  }

  /** A phone that is rung before anybody is dialled. */
  originate(of: { actionId: string; phone: string; uniqueid: string; exten: string; context: string; callerNum: string }): Chan {
    const phone = this.#create({ device: of.phone, state: 0, callerName: of.callerNum, ...of })
    originals.set(phone, of.actionId)
    this.#event('DialBegin', [...this.snapshot(phone, 'Dest'), ['DialString', of.phone.replace(/^[^/]*\//, '')]])
    this.#setState(phone, 5)
    return phone
  }

  /** The user picks up what he asked for; the dialplan goes on with the number. */
  pickUp(phone: Chan): void {
    this.#setState(phone, 6)
    phone.answeredAt = this.now()
    this.#event('DialEnd', [...this.snapshot(phone, 'Dest'), ['DialStatus', 'ANSWER']])
    this.#originated(phone, 'Success', 4)
  }

  /** He does not. Reasons as OriginateResponse has them. */
  ignore(phone: Chan, reason = 3): void {
    this.#event('DialEnd', [...this.snapshot(phone, 'Dest'), ['DialStatus', reason === 5 ? 'BUSY' : 'NOANSWER']])
    this.#drop(phone, reason === 5 ? 17 : 19)
    this.#originated(phone, 'Failure', reason)
  }

  /** The recipe of the README: the dialplan says where it records. */
  record(channel: Chan, file: string): void {
    channel.isRecorded = true
    this.#event('VarSet', [...this.snapshot(channel), ['Variable', 'MIXMONITOR_FILENAME'], ['Value', file]], 'dialplan')
    this.#event('MixMonitorStart', this.snapshot(channel))
  }

  snapshot(channel: Chan, prefix = ''): Fields {
    const fields: Fields = [
      ['Channel', channel.name],
      ['ChannelState', channel.state],
      ['ChannelStateDesc', stateNames[channel.state] ?? 'Unknown'],
      ['CallerIDNum', channel.callerNum || '<unknown>'],
      ['CallerIDName', channel.callerName],
      ['ConnectedLineNum', '<unknown>'],
      ['ConnectedLineName', '<unknown>'],
      ['Language', 'en'],
      ['AccountCode', ''],
      ['Context', channel.context],
      ['Exten', channel.exten],
      ['Priority', 1],
      ['Uniqueid', channel.uniqueid],
      ['Linkedid', channel.linkedid],
    ]
    return fields.map(([name, value]) => [`${prefix}${name}`, value])
  }

  #create(of: Partial<Chan> & { device: string; state: number; callerNum: string; callerName: string; exten: string; context: string }): Chan {
    this.#count += 1
    const uniqueid = of.uniqueid || `pbx1-${Math.floor(this.now() / 1000)}.${this.#count}`
    const channel: Chan = {
      name: `${of.device}-${this.#count.toString(16).padStart(8, '0')}`,
      uniqueid,
      linkedid: of.linkedid ?? uniqueid,
      state: of.state,
      callerNum: of.callerNum,
      callerName: of.callerName,
      exten: of.exten,
      context: of.context,
      bornAt: this.now(),
      answeredAt: undefined,
      bridge: undefined,
      caller: of.caller,
      dialled: of.dialled ?? '',
      isGone: false,
    }
    this.#channels.set(channel.name, channel)
    this.#event('Newchannel', this.snapshot(channel))
    return channel
  }

  #setState(channel: Chan, state: number): void {
    channel.state = state
    this.#event('Newstate', this.snapshot(channel))
  }

  #drop(channel: Chan, cause: number): void {
    if (channel.isGone) return
    channel.isGone = true
    this.#channels.delete(channel.name)
    this.#event('Hangup', [...this.snapshot(channel), ['Cause', cause], ['Cause-txt', causes[cause] ?? 'Unknown']])
  }

  #originated(phone: Chan, response: 'Success' | 'Failure', reason: number): void {
    this.#event('OriginateResponse', [
      ['ActionID', originals.get(phone) ?? ''],
      ['Response', response],
      ['Channel', phone.name],
      ['Context', phone.context],
      ['Exten', phone.exten],
      ['Reason', reason],
      ['Uniqueid', phone.uniqueid],
      ['CallerIDNum', phone.callerNum],
      ['CallerIDName', phone.callerName],
    ])
  }

  #bridgeFields(bridge: Bridge): Fields {
    return [
      ['BridgeUniqueid', bridge.id],
      ['BridgeType', 'basic'],
      ['BridgeTechnology', 'simple_bridge'],
      ['BridgeCreator', '<unknown>'],
      ['BridgeName', '<unknown>'],
      ['BridgeNumChannels', bridge.channels.length],
      ['BridgeVideoSourceMode', 'none'],
    ]
  }

  #record(caller: Chan, dest: Chan | undefined, disposition: CdrRecord['disposition']): void {
    const record: CdrRecord = { caller, dest, disposition, endedAt: this.now() }
    this.cdr.push(cdrLine(record))
    this.#event('Cdr', cdrEvent(record), 'cdr')
  }

  #event(name: string, fields: Fields, privilege = 'call'): void {
    this.#tell([['Event', name], ['Privilege', `${privilege},all`], ...fields])
  }
}

const originals = new WeakMap<Chan, string>()
