/** The client on a page of the firm's site. */
export const enVisitors = {
  visitors: {
    isHere: 'The client is on the site now',
    isWriting: 'The client is writing…',
    user: 'Signed in on the site: {{id}}',
    unknown: 'Visitor {{number}}',
  },
}
