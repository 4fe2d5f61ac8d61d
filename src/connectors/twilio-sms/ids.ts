/** `whatsapp:+79990001122` is how Twilio writes either end of a WhatsApp message. */
const prefix = 'whatsapp:'

export function isWhatsapp(address: string): boolean {
  return address.startsWith(prefix)
}

export function numberOf(address: string): string {
  return isWhatsapp(address) ? address.slice(prefix.length) : address
}

export function whatsappAddress(digits: string): string {
  return `${prefix}+${digits.replace(/^\+/, '')}`
}

/** The name of a message keeps the way it went, so that an answer goes the same way. */
export function nameOf(sid: string, viaWhatsapp: boolean): string {
  return viaWhatsapp ? `${prefix}${sid}` : sid
}
