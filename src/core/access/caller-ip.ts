/** Header that carries the caller's address to the throttle of sign-in; overwritten by us on every request, so nobody forges it. */
export const callerIpHeader = 'x-switchboard-ip'
