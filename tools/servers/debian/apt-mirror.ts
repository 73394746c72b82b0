import { readdir, readFile } from 'node:fs/promises';

/**
 * The addresses of Debian or Ubuntu mirrors in apt's own sources that serve `suite`, in order of appearance, each once.
 * Commented or disabled entries do not count; neither do security archives and third-party repositories, which lack the suite.
 */
export function mirrorsIn(
  files: readonly { readonly name: string; readonly text: string }[],
  suite: string,
): readonly string[] {
  const entries = files.flatMap(({ name, text }) => (name.endsWith('.sources') ? stanzas(text) : lines(text)));
  const addresses = entries
    .filter((entry) => entry.suites.includes(suite) && entry.components.includes('main'))
    .flatMap((entry) => entry.addresses)
    .filter((address) => /^https?:\/\//.test(address))
    .map((address) => address.replace(/\/+$/, ''));
  return [...new Set(addresses)];
}

/** The machine's own apt sources, as apt reads them. */
export async function readAptSources(): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const parts = await readdir('/etc/apt/sources.list.d').catch(() => []);
  const names = [
    '/etc/apt/sources.list',
    ...parts.filter((name) => /\.(list|sources)$/.test(name)).map((name) => `/etc/apt/sources.list.d/${name}`),
  ];
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(name, 'utf8').catch(() => '') })));
}

interface Entry {
  readonly addresses: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
}

/** `deb [options] address suite component…` */
function lines(text: string): readonly Entry[] {
  return text.split('\n').flatMap((line) => {
    const found = /^\s*deb\s+(?:\[[^\]]*\]\s*)?(\S+)\s+(\S+)\s+([^#]*)/.exec(line);
    const [, address, suite, components] = found ?? [];
    if (address === undefined || suite === undefined || components === undefined) return [];
    return [{ addresses: [address], suites: [suite], components: words(components) }];
  });
}

/** deb822: paragraphs of `Field: value`, continued on indented lines. */
function stanzas(text: string): readonly Entry[] {
  const withoutComments = text.replace(/^#.*\n?/gm, '');
  return withoutComments.split(/\n\s*\n/).flatMap((paragraph) => {
    const field = (name: string): readonly string[] =>
      words(new RegExp(`^${name}:((?:.*)(?:\\n[ \\t].*)*)`, 'im').exec(paragraph)?.[1] ?? '');
    if (!field('Types').includes('deb') || field('Enabled')[0]?.toLowerCase() === 'no') return [];
    return [{ addresses: field('URIs'), suites: field('Suites'), components: field('Components') }];
  });
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
