/** Bytes of a file. */
export const largestFile = 64 * 1024 * 1024
export const mostRows = 200_000
export const mostColumns = 200
/** Letters of a cell; what is longer is cut. */
export const longestCell = 10_000
