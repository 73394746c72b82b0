/** Who may do what, from rest-api.md: each may be put into a token. */
export const roles = ['viewer', 'sender', 'operator', 'admin'] as const;

export type Role = (typeof roles)[number];
