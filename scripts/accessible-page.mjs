// What a page of TypeDoc lacks for those who do not see it, or see it on a phone: landmarks, headings in order, tables
// that can be moved by keyboard. test/browser/docs-site.deep.test.ts holds the pages against axe.

/** Beside TypeDoc's own style. */
export const STYLE = `
.scroll { overflow-x: auto; }
.scroll table { width: max-content; max-width: 60rem; }
.col-content { min-width: 0; }
.col-content :is(p, li, td, dd, blockquote) { overflow-wrap: anywhere; }
.scroll td { overflow-wrap: normal; }
.tsd-typography a, .tsd-generator a, .tsd-comment a { text-decoration: underline; }
:root { --light-color-link: #0b5394; }
`;

/** @param {string} html @returns {string} */
export function accessiblePage(html) {
  let tables = 0;
  return (
    html
      .replace('<div class="col-content">', '<div class="col-content" role="main">')
      .replace(
        '<div class="col-sidebar">',
        '<div class="col-sidebar" role="complementary" aria-label="Navigation and settings">',
      )
      .replace(/<th([^>]*)><\/th>/g, '<td$1></td>')
      .replace(/<table>[^]*?<\/table>/g, (table) => {
        tables += 1;
        return `<div class="scroll" role="region" aria-label="Table ${tables}" tabindex="0">${table}</div>`;
      })
      .replace(/<h[35]>(Settings|On This Page)<\/h[35]>/g, '<h2>$1</h2>')
      .replace(/<h5( class="tsd-index-heading uppercase")>Index<\/h5>/g, '<h2$1>Index</h2>')
      // Within what opens and closes, a link of its own cannot be reached by everyone; the heading keeps its id.
      .replace(/<summary\b[^]*?<\/summary>/g, (summary) =>
        summary.replace(/<a\b[^>]*class="tsd-anchor-icon"[^]*?<\/a>/g, ''),
      )
  );
}
