import { PlainError } from '../../plain-error.js';
import { type Instance, type InstanceState, readState, writeState } from '../instance.js';
import { oneAtATime } from '../one-at-a-time.js';

/** Two servers start side by side in this process: each writes its own entry into the newest state. */
const changes = oneAtATime();

/** The state of an instance that must be there. */
export async function expectState(instance: Instance): Promise<InstanceState> {
  const state = await readState(instance);
  if (state === undefined) {
    throw new PlainError(`The servers "${instance.name}" were reset meanwhile; start them again.`);
  }
  return state;
}

/** Replaces the newest state by what `change` makes of it. */
export function updateState(instance: Instance, change: (state: InstanceState) => InstanceState): Promise<void> {
  return changes(async () => writeState(instance, change(await expectState(instance))));
}
