/** The part of autocannon that we use; the package brings no types. */
declare module 'autocannon' {
  interface Request {
    body?: string
  }
  interface Options {
    url: string
    method: string
    headers: Record<string, string>
    connections: number
    duration?: number
    amount?: number
    overallRate?: number
    requests: { setupRequest(request: Request): Request }[]
  }
  interface Result {
    '2xx': number
    non2xx: number
    errors: number
    timeouts: number
    duration: number
    latency: { p99: number }
  }
  export default function autocannon(options: Options): Promise<Result>
}
