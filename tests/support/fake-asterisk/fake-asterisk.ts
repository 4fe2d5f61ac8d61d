import { type Action, type AmiServer, type Answer, error, type Fields, one, startAmiServer } from './ami-server.ts'
import type { Bridge, Chan } from './channel.ts'
import { Pbx } from './pbx.ts'

export interface FakeAsterisk extends Omit<AmiServer, 'close' | 'tell'> {
  pbx: Pbx
  settings: { host: string; port: number; username: string; secret: string }
  /** Events are kept back from now on; the function given back sends them as `change` makes them: repeated, late, in another order. */
  keepBack(): (change?: (events: Fields[]) => Fields[]) => void
  /** Channels that were asked for by Originate, as they ring. */
  originated: Chan[]
  close(): Promise<void>
}

/** Asterisk as a manager client sees it: what happens in `pbx` is told over a real socket. Events of the time without a listener are lost, as with the real one. */
export async function fakeAsterisk(options: { secret?: string; tls?: { key: string; cert: string } } = {}): Promise<FakeAsterisk> {
  const settings = { username: 'hub', secret: options.secret ?? 'ami-secret' }
  let kept: Fields[] | undefined
  const originated: Chan[] = []
  const pbx = new Pbx((event) => {
    if (kept) kept.push(event)
    else server.tell(event)
  })
  const server = await startAmiServer({ ...settings, ...(options.tls && { tls: options.tls }), act: (action) => act(pbx, action, originated) })
  return {
    ...server,
    pbx,
    originated,
    settings: { host: '127.0.0.1', port: server.port, ...settings },
    keepBack() {
      const mine: Fields[] = []
      kept = mine
      return (change = (events) => events) => {
        kept = undefined
        for (const event of change(mine)) server.tell(event)
      }
    },
  }
}

const done = (message: string): Answer => ({
  response: [
    ['Response', 'Success'],
    ['Message', message],
  ],
})

function act(pbx: Pbx, action: Action, originated: Chan[]): Answer | undefined {
  switch (one(action, 'action').toLowerCase()) {
    case 'ping':
      return {
        response: [
          ['Response', 'Success'],
          ['Ping', 'Pong'],
          ['Timestamp', (Date.now() / 1000).toFixed(6)],
        ],
      }
    case 'coreshowchannels':
      return showChannels(pbx)
    case 'originate':
      return originate(pbx, action, originated)
    case 'hangup': {
      const channel = pbx.find(one(action, 'channel'))
      if (!channel) return { response: error('No such channel') }
      setImmediate(() => pbx.hangUpAll(channel))
      return done('Channel Hungup')
    }
    case 'blindtransfer': {
      const bridge: Bridge | undefined = pbx.find(one(action, 'channel'))?.bridge
      const transferer = pbx.find(one(action, 'channel'))
      if (!bridge || !transferer) return { response: error('No such channel') }
      setImmediate(() => pbx.blindTransfer(transferer, one(action, 'exten')))
      return done('Transfer succeeded')
    }
    case 'muteaudio':
      return pbx.find(one(action, 'channel')) ? { response: [['Response', 'Success']] } : { response: error('Channel not found') }
    case 'mixmonitormute': {
      const channel = pbx.find(one(action, 'channel'))
      if (!channel?.isRecorded) return { response: error('Cannot set mute flag') }
      channel.isSilenced = one(action, 'state') === '1'
      return done('MixMonitor muted')
    }
    default:
      return undefined
  }
}

function showChannels(pbx: Pbx): Answer {
  const list = pbx
    .channels()
    .map(
      (channel): Fields => [
        ['Event', 'CoreShowChannel'],
        ...pbx.snapshot(channel),
        ['Application', 'AppDial'],
        ['ApplicationData', '(Outgoing Line)'],
        ['Duration', '00:00:10'],
        ['BridgeId', channel.bridge?.id ?? ''],
      ],
    )
  return {
    response: [
      ['Response', 'Success'],
      ['EventList', 'start'],
      ['Message', 'Channels will follow'],
    ],
    list: [
      ...list,
      [
        ['Event', 'CoreShowChannelsComplete'],
        ['EventList', 'Complete'],
        ['ListItems', list.length],
      ],
    ],
  }
}

/** Async: the answer says that it is queued; how it went comes as an event. */
function originate(pbx: Pbx, action: Action, originated: Chan[]): Answer {
  const name = one(action, 'channel')
  if (name === '' || one(action, 'exten') === '') return { response: error('Channel not specified') }
  setImmediate(() => {
    originated.push(
      pbx.originate({
        actionId: one(action, 'actionid'),
        phone: name,
        uniqueid: one(action, 'channelid'),
        exten: one(action, 'exten'),
        context: one(action, 'context'),
        callerNum: /<([^>]*)>/.exec(one(action, 'callerid'))?.[1] ?? '',
      }),
    )
  })
  return done('Originate successfully queued')
}
