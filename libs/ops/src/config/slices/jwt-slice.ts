import { allowOne, type ConfigRule, requireAny } from '../config-rule.js';
import { type Values } from '../config-schema.js';
import { given } from '../given.js';
import { type accessVariables } from '../variables/api-variables.js';

/** What a bearer token must satisfy. */
export interface JwtConfig {
  readonly keys: JwtKeys;
  readonly issuer: string;
  readonly audience: string;
  readonly rolesClaim: string;
}

/** A shared secret (HS256), or published keys (RS256, ES256); never both, so that no token chooses its algorithm. */
export type JwtKeys =
  { readonly kind: 'secret'; readonly secret: string } | { readonly kind: 'jwks'; readonly url: string };

/** Exactly one source of keys. */
export const jwtRules: readonly ConfigRule[] = [
  requireAny(['JWT_SECRET', 'JWT_JWKS_URL'], 'to check tokens'),
  allowOne(['JWT_SECRET', 'JWT_JWKS_URL'], 'a token would choose how it is checked'),
];

/** The slice of the JWT variables. */
export function jwtSlice(values: Values<typeof accessVariables>): JwtConfig {
  return {
    keys:
      values.JWT_SECRET === undefined
        ? { kind: 'jwks', url: given(values.JWT_JWKS_URL, 'JWT_JWKS_URL') }
        : { kind: 'secret', secret: values.JWT_SECRET },
    issuer: values.JWT_ISSUER,
    audience: values.JWT_AUDIENCE,
    rolesClaim: values.JWT_ROLES_CLAIM,
  };
}
