import { z } from 'zod';

/** What the screen of `npm start` tells, also to a second `npm start`. No secrets. */
export const screenFactsSchema = z.object({
  servers: z.string(),
  /** To whom messages go, when it is not the simulator. */
  realProvider: z.string().exactOptional(),
  apiUrl: z.string(),
  storefrontUrl: z.string(),
  simulatorUrl: z.string(),
  workerUrl: z.string(),
  managementUrl: z.string().exactOptional(),
  logFolder: z.string(),
});

export type ScreenFacts = z.infer<typeof screenFactsSchema>;

/** One call of the storefront with a body that works. */
export interface ExampleCall {
  readonly method: string;
  readonly path: string;
  readonly about: string;
  readonly body?: object | undefined;
}
