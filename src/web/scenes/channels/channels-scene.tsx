export function ChannelsScene() { return null }
