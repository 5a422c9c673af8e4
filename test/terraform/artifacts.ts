import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import JSZip from 'jszip';

/**
 * What terraform left in a folder, and what it said: every file but configuration, certificates and plugins, with plans
 * unpacked.
 */
export async function artifacts(folder: string, said: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map(said.map((text, index) => [`output ${index}`, text]));
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile() || /\.(tf|crt)$/.test(entry.name)) continue;
    const bytes = readFileSync(join(folder, entry.name));
    texts.set(entry.name, bytes.toString('latin1'));
    if (entry.name !== 'plan.bin') continue;
    for (const part of Object.values((await JSZip.loadAsync(bytes)).files)) {
      texts.set(`plan.bin/${part.name}`, (await part.async('nodebuffer')).toString('latin1'));
    }
  }
  return texts;
}
