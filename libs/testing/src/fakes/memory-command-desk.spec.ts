import { commandDeskContract } from '../contracts/command-desk.contract.js';
import { MemoryCommandDesk } from './memory-command-desk.js';

commandDeskContract('the memory', async () => ({ desk: new MemoryCommandDesk(), close: async () => undefined }));
