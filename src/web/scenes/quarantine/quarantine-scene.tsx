export function QuarantineScene() { return null }
