import { dutyRosterContract } from '../contracts/duty-roster.contract.js';
import { MemoryDutyRoster } from './memory-duty-roster.js';

dutyRosterContract('the memory', async () => ({ roster: new MemoryDutyRoster(), close: async () => undefined }));
