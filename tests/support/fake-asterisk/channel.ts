export interface Chan {
  name: string
  uniqueid: string
  linkedid: string
  state: number
  callerNum: string
  callerName: string
  exten: string
  context: string
  bornAt: number
  answeredAt: number | undefined
  bridge: Bridge | undefined
  /** What it was rung by, while it is rung and after. */
  caller: Chan | undefined
  /** How it was dialled: `PJSIP/79990001122@trunk`. */
  dialled: string
  isGone: boolean
  /** MixMonitor runs on it; and hears nothing. */
  isRecorded?: boolean
  isSilenced?: boolean
}

export interface Bridge {
  id: string
  channels: Chan[]
}
