import { execFileSync } from 'node:child_process';
import { curl } from './screen.js';

describe('curl, as a shell reads it', () => {
  it('survives a shell unchanged, quotes and all', () => {
    const body = { name: `Joseph D'Souza "Joe" $HOME` };
    const command = curl('http://127.0.0.1:3100', { method: 'POST', path: '/api/customers', about: '', body });
    const words = execFileSync('sh', ['-c', command.replace(/^curl/, `printf '%s\\n'`)], { encoding: 'utf8' });
    expect(words.split('\n')).toContain(JSON.stringify(body));
  });
});
