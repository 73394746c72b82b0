/**
 * Loaded into a built worker before it starts (`node --import`): the process ends as soon as it handles the poisonous envelope,
 * without a word, as when it runs out of memory. Plain JavaScript on what is built, because such a worker starts again and again.
 */
import 'reflect-metadata';

// By URL: the import rules see the tree as it is before it is built.
const built = new URL('../../../../dist/apps/worker/src/dispatch.consumer.js', import.meta.url);
const { DispatchConsumer } = await import(built.href);

/** By it the one envelope is known that ends the worker. */
const poisonousId = 'poisonous';

const { consume } = DispatchConsumer.prototype;
const endsAtPoison = function (envelope) {
  if (envelope.correlationId === poisonousId) process.kill(process.pid, 'SIGKILL');
  return consume.call(this, envelope);
};
// Nest finds handlers, and what belongs to them, by metadata on the function.
for (const key of Reflect.getMetadataKeys(consume))
  Reflect.defineMetadata(key, Reflect.getMetadata(key, consume), endsAtPoison);
DispatchConsumer.prototype.consume = endsAtPoison;
