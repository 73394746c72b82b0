import { messageTypeNames } from '@earlybird/core';
import { collectionNames } from '../connection/collection-names.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { type StoredTemplate } from '../message/template.schema.js';
import { faultsOf } from './existing-indexes.js';
import { migrations } from './migrations.js';

/** Whether everything is there that the migrations make; one sentence for each fault. Changes nothing. */
export function verify(connection: MongoConnection): Promise<readonly string[]> {
  return connection.run('verify', async () => {
    const faults: string[] = [];
    for (const collection of migrations.flatMap(({ collections }) => collections)) {
      faults.push(...(await faultsOf(connection.db, collection)));
    }
    const published = await connection
      .collection<StoredTemplate>(collectionNames.templates)
      .distinct('messageType', { state: 'published' });
    const without = messageTypeNames.filter((messageType) => !published.includes(messageType));
    return [...faults, ...without.map((messageType) => `no template is published for ${messageType}`)];
  });
}
