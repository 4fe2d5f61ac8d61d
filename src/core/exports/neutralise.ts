/**
 * A cell that Excel would take for a formula gets an apostrophe in front (OWASP, CSV Injection): who opens the file runs nothing that a
 * stranger wrote into a form. Our own import takes the apostrophe off again.
 */
export function neutralise(cell: string): string {
  return /^[\s]*[=+\-@]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell
}
