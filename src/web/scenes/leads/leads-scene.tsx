export function LeadsScene() { return null }
