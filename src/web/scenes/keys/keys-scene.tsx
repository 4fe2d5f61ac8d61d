export function KeysScene() { return null }
