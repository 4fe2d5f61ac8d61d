/** Texts of signing in at a vendor, and of what is known from the first field. */
export const enConsent = {
  consent: {
    recognised: 'Recognised: {{what}}',
    returnAddress: 'Return address: enter it in your {{vendor}} application',
    signIn: 'Sign in with {{vendor}}',
    createAndSignIn: 'Connect and sign in with {{vendor}}',
    further: 'Further settings',
    done: 'Signed in, connecting to the mailbox',
    denied: 'Access was not allowed. The channel is as it was',
    failed: 'The vendor did not let us in: the state of the channel says why',
    expired: 'This sign-in is too old or used already. Begin again',
  },
}
