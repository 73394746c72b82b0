import { settingsDeskContract } from '../contracts/settings-desk.contract.js';
import { MemorySettings } from './memory-settings.js';
import { MemorySettingsDesk } from './memory-settings-desk.js';

settingsDeskContract('the memory', async () => {
  const settings = new MemorySettings();
  return { desk: new MemorySettingsDesk(settings), settings, close: async () => undefined };
});
