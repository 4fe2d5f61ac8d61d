import { BlockList, isIPv4 } from 'node:net'

/** IANA special-purpose IPv4 registry: everything that is not the public internet, cloud metadata (169.254.169.254) included. */
const privateV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]
/** Inside 2000::/3, the only global unicast space: documentation, Teredo and 6to4, which can carry any IPv4 address. */
const privateV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const refused = new BlockList()
const globalV6 = new BlockList()
for (const range of privateV4) add(refused, range, 'ipv4')
for (const range of privateV6) add(refused, range, 'ipv6')
add(globalV6, '2000::/3', 'ipv6')

/** True for every address that is not plainly on the public internet: IPv4-mapped, NAT64, link-local and unique-local IPv6 too. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.split('%')[0] ?? ''
  if (isIPv4(bare)) return refused.check(bare, 'ipv4')
  return !globalV6.check(bare, 'ipv6') || refused.check(bare, 'ipv6')
}

function add(list: BlockList, range: string, family: 'ipv4' | 'ipv6'): void {
  const [address, bits] = range.split('/')
  list.addSubnet(address ?? '', Number(bits), family)
}
