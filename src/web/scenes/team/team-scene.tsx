export function TeamScene() { return null }
