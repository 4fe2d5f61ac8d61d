export function FormsScene() { return null }
