import { mirrorsIn } from './apt-mirror.js';

const sources = (text: string) => [{ name: '/etc/apt/sources.list.d/debian.sources', text }];
const list = (text: string) => [{ name: '/etc/apt/sources.list', text }];

describe('mirrorsIn', () => {
  it('takes the address of the active stanza that serves the suite', () => {
    const text = `Types: deb
# http://old.example/debian
URIs: http://mirror.example/debian/
Suites: bookworm bookworm-updates
Components: main contrib

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
`;
    expect(mirrorsIn(sources(text), 'bookworm')).toEqual(['http://mirror.example/debian']);
  });

  it('passes over disabled stanzas and sources of source packages', () => {
    const text = `Types: deb
Enabled: no
URIs: http://off.example/debian
Suites: bookworm
Components: main

Types: deb-src
URIs: http://src.example/debian
Suites: bookworm
Components: main
`;
    expect(mirrorsIn(sources(text), 'bookworm')).toEqual([]);
  });

  it('reads fields that go on over several lines', () => {
    const text = `Types: deb
URIs: http://a.example/debian
 http://b.example/debian
Suites: bookworm
Components: main`;
    expect(mirrorsIn(sources(text), 'bookworm')).toEqual(['http://a.example/debian', 'http://b.example/debian']);
  });

  it('takes the address of an active line, with or without options, and names each once', () => {
    const text = `# deb http://comment.example/debian bookworm main
deb [signed-by=/k.gpg arch=amd64] http://mirror.example/debian bookworm main contrib # ours
deb http://mirror.example/debian bookworm main
deb-src http://src.example/debian bookworm main
deb https://packages.example/apt cloud-bookworm main
`;
    expect(mirrorsIn(list(text), 'bookworm')).toEqual(['http://mirror.example/debian']);
  });

  it('passes over addresses that are no web addresses', () => {
    expect(mirrorsIn(list('deb cdrom:[Debian]/ bookworm main'), 'bookworm')).toEqual([]);
    expect(mirrorsIn(list('deb file:/srv/debian bookworm main'), 'bookworm')).toEqual([]);
  });
});
