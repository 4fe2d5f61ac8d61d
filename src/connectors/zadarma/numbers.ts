/** E.164 without the plus, as Zadarma writes it. */
export function international(number: string): string {
  return /^\d{10,15}$/.test(number) ? `+${number}` : number
}

/** An extension: three digits today. */
export function isExtension(number: string | undefined): boolean {
  return number !== undefined && /^\d{2,4}$/.test(number)
}
