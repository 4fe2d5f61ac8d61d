export const roles = ['operator', 'reviewer', 'manager', 'integrator', 'admin'] as const
export type Role = (typeof roles)[number]
