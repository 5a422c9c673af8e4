import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

/** What users can import, and the declarations that say what it is. */
const ENTRIES = {
  constructs: 'dist/constructs/index.d.ts',
  testing: 'dist/constructs/testing.d.ts',
  executor: 'dist/lib/executor.d.ts',
} as const;

const SILENT = { default: { logLevel: ExtractorLogLevel.None } };

/** The public API, one report for each entry of the package, from the built declarations. Throws where they do not parse. */
export function apiReports(): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-api-'));
  try {
    return new Map(
      Object.entries(ENTRIES).map(([name, entry]) => [`test/package/api/${name}.api.md`, report(folder, name, entry)]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function report(folder: string, name: string, entry: string): string {
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: resolve('package.json'),
    configObject: {
      projectFolder: resolve('.'),
      mainEntryPointFilePath: resolve(entry),
      compiler: { tsconfigFilePath: resolve('tsconfig.build.json') },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: folder,
        reportTempFolder: join(folder, 'temporary'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: { extractorMessageReporting: SILENT, tsdocMessageReporting: SILENT, compilerMessageReporting: SILENT },
    },
  });
  Extractor.invoke(config, { localBuild: true, messageCallback: (message) => (message.handled = true) });
  return readFileSync(join(folder, `${name}.api.md`), 'utf8');
}
