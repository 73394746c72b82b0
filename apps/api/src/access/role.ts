/** What a caller may do (rest-api.md): read; also resend, cancel, replay; send and read what it sent; everything. */
export const roles = ['viewer', 'operator', 'sender', 'admin'] as const;
export type Role = (typeof roles)[number];

/** True when `granted` covers one of `needed`: operator includes viewer, admin includes all. */
export function allows(granted: readonly Role[], needed: readonly Role[]): boolean {
  return needed.some((role) => granted.some((own) => own === role || includes(own, role)));
}

function includes(own: Role, role: Role): boolean {
  return own === 'admin' || (own === 'operator' && role === 'viewer');
}

/** True when `text` names a role. */
export function isRole(text: unknown): text is Role {
  return roles.some((role) => role === text);
}
