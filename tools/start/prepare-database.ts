import { MongoConnection, migrate } from '@earlybird/mongodb';
import { seedTemplates } from '@earlybird/nunjucks';
import { type Progress } from '../progress.js';

/** Makes every collection, index and template that the database lacks. */
export async function prepareDatabase(mongoUrl: string, progress: Progress): Promise<void> {
  await progress.step('preparing the database', async () => {
    const connection = new MongoConnection({ url: mongoUrl, appName: 'npm start' });
    try {
      await connection.connect();
      let steps = 0;
      const count = (): void => void (steps += 1);
      await migrate(connection, { seeds: seedTemplates(), print: count });
      if (steps > 0) progress.note(`the database was brought up to date in ${steps} steps`);
    } finally {
      await connection.close();
    }
  });
}
