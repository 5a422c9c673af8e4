const FOLDER = 'lib/reports/audit/html';

/** Script and style of the HTML reports as constants, so that a page is made without reading a file. */
export function pageAssets(read: (path: string) => string): readonly [path: string, text: string] {
  const constant = (name: string, file: string): string =>
    `export const ${name} = ${JSON.stringify(read(`${FOLDER}/${file}`))};\n`;
  const notice = '// Generated from script.js and style.css. Change those files, not this one.\n';
  return [`${FOLDER}/assets.ts`, notice + constant('SCRIPT', 'script.js') + constant('STYLE', 'style.css')];
}
