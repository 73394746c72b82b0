/** The servers that `npm test` hands to tests in the environment. */
export type GivenServer = 'RABBITMQ_URL' | 'RABBITMQ_MANAGEMENT_URL' | 'MONGO_URL';

/** The URL of a server. Throws when it is not there: a test without its server fails, it never skips. */
export function givenServer(variable: GivenServer): URL {
  const value = process.env[variable];
  if (value === undefined || value === '')
    throw new Error(`${variable} is not set. Run \`npm test\`, which starts the servers and sets it.`);
  return new URL(value);
}
