/** A text in a one-byte encoding (`windows-1251`, `koi8-r`, `ibm866`): the reverse of what TextDecoder does. */
export function encodeAs(encoding: string, text: string): Buffer {
  const letters = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))
  const bytes = new Map(Array.from(letters, (letter, byte) => [letter, byte]))
  return Buffer.from(Array.from(text, (letter) => bytes.get(letter) ?? 63))
}
