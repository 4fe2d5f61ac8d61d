export function ProfileScene() { return null }
