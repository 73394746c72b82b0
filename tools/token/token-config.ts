import { accessVariables, configSchema, given, requireAll } from '@earlybird/ops';
import { type TokenSettings } from './mint-token.js';

const { JWT_SECRET, JWT_ISSUER, JWT_AUDIENCE, JWT_ROLES_CLAIM } = accessVariables;

/** What the command takes from the environment: the variables by which the api checks tokens. */
export const tokenConfigSchema = configSchema({
  app: 'npm run token',
  variables: { JWT_SECRET, JWT_ISSUER, JWT_AUDIENCE, JWT_ROLES_CLAIM },
  rules: [requireAll(['JWT_SECRET'], () => true, 'the token must be signed as the api expects it')],
  slices: (values): TokenSettings => ({
    secret: given(values.JWT_SECRET, 'JWT_SECRET'),
    issuer: values.JWT_ISSUER,
    audience: values.JWT_AUDIENCE,
    rolesClaim: values.JWT_ROLES_CLAIM,
  }),
});
