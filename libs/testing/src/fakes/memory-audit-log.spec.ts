import { auditLogContract } from '../contracts/audit-log.contract.js';
import { MemoryAuditLog } from './memory-audit-log.js';

auditLogContract('the memory', async () => ({ audit: new MemoryAuditLog(), close: async () => undefined }));
