export function ClientsScene() { return null }
