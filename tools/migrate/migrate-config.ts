import { configSchema, mongodbVariables } from '@earlybird/ops';

/** What `npm run migrate` takes from its environment. */
export const migrateConfigSchema = configSchema({
  app: 'migrate',
  variables: mongodbVariables,
  rules: [],
  slices: ({ MONGO_URL }) => ({ mongoUrl: MONGO_URL }),
});
