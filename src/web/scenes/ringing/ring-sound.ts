const everyMs = 3_000
const toneHz = [440, 554]

/**
 * Rings until it is stopped, in one tab of this browser: the one that holds the lock. Where the browser has no locks (a plain http address), in those
 * tabs that are in sight.
 */
export function ringOnce(onRinging: (isRinging: boolean) => void): () => void {
  const stopped = new AbortController()
  const { signal } = stopped
  if (navigator.locks) {
    const held = async () => {
      play(signal, onRinging)
      await new Promise((done) => signal.addEventListener('abort', done))
    }
    navigator.locks.request('switchboard-ring', { signal }, held).catch(() => {})
  } else if (document.visibilityState === 'visible') play(signal, onRinging)
  return () => stopped.abort()
}

/** One for the page: a browser has few of them. */
let context: AudioContext | undefined

function play(signal: AbortSignal, onRinging: (isRinging: boolean) => void): void {
  context ??= new AudioContext()
  const sound = context
  void sound.resume()
  const tone = () => {
    for (const [index, hertz] of toneHz.entries()) {
      const [source, volume] = [sound.createOscillator(), sound.createGain()]
      source.frequency.value = hertz
      volume.gain.value = 0.06
      source.connect(volume).connect(sound.destination)
      source.start(sound.currentTime + index * 0.25)
      source.stop(sound.currentTime + index * 0.25 + 0.22)
    }
  }
  tone()
  onRinging(true)
  const timer = setInterval(tone, everyMs)
  signal.addEventListener('abort', () => {
    clearInterval(timer)
    onRinging(false)
    void sound.suspend()
  })
}
