import { type mongo } from 'mongoose';

/** One conditional write to one document: whoever finds the condition still true wins. */
export interface ConditionalWrite<Stored> {
  readonly filter: mongo.Filter<Stored>;
  readonly update: mongo.UpdateFilter<Stored> | mongo.Document[];
}
