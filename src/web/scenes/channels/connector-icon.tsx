/** A manifest's icon: inner markup of a 24×24 outline SVG. As an image it can run nothing and fetch nothing, wherever the connector came from. */
export function ConnectorIcon({ markup }: { markup: string }) {
  const source = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#7b8492" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${markup}</svg>`
  return <img src={`data:image/svg+xml,${encodeURIComponent(source)}`} width={28} height={28} alt="" />
}
