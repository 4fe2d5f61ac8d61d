/** UIDs as an IMAP set: `100:102,110`. */
export function packUids(uids: number[]): string {
  const sorted = [...uids].sort((a, b) => a - b)
  const ranges: [number, number][] = []
  for (const uid of sorted) {
    const last = ranges.at(-1)
    if (last !== undefined && uid <= last[1] + 1) last[1] = uid
    else ranges.push([uid, uid])
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}:${to}`)).join(',')
}

/** Groups that are fetched by one command each: at most 100 letters and 16 MB, a larger letter alone. Order is kept. */
export function groupBySize<Item extends { size: number }>(items: Item[]): Item[][] {
  const groups: Item[][] = []
  let bytes = 0
  for (const item of items) {
    const group = groups.at(-1)
    if (group !== undefined && group.length < 100 && bytes + item.size <= 16 * 1024 * 1024) {
      group.push(item)
      bytes += item.size
    } else {
      groups.push([item])
      bytes = item.size
    }
  }
  return groups
}
