import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

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
    // One program for all of them: reading the declarations is most of the work.
    const compilerState = CompilerState.create(configOf(folder, 'constructs', ENTRIES.constructs), {
      additionalEntryPoints: Object.values(ENTRIES).map((entry) => resolve(entry)),
    });
    return new Map(
      Object.entries(ENTRIES).map(([name, entry]) => {
        Extractor.invoke(configOf(folder, name, entry), {
          compilerState,
          localBuild: true,
          messageCallback: (message) => (message.handled = true),
        });
        return [`test/package/api/${name}.api.md`, readFileSync(join(folder, `${name}.api.md`), 'utf8')];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function configOf(folder: string, name: string, entry: string): ExtractorConfig {
  return ExtractorConfig.prepare({
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
}
