import { parseXml, toNode, writeXml, type XmlElement } from '../../lib/metadata/package/xml';

function parsed(text: string): XmlElement {
  const result = parseXml(text);
  if (!result.ok) throw new Error(result.error.problem);
  return result.value;
}

function refusal(text: string): string {
  const result = parseXml(text);
  if (result.ok) throw new Error('the document was accepted');
  return `${result.error.line}: ${result.error.problem}`;
}

describe('reading XML', () => {
  it('drops prefixes and keeps names, text, CDATA and entities', () => {
    const root = parsed(
      '\uFEFF<?xml version="1.0"?><m:A xmlns:m="urn:m"><m:b>x &amp; <![CDATA[<y>]]></m:b><!-- c --></m:A>',
    );
    expect(root).toMatchObject({ name: 'A', namespace: 'urn:m', children: [{ name: 'b', text: 'x & <y>' }] });
  });

  it('knows xsi:nil whatever prefix the document gives to that namespace', () => {
    const root = parsed('<A xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><b i:nil="true"/></A>');
    expect(root.children[0]?.attributes).toEqual({ 'xsi:nil': 'true' });
  });

  it.each([
    ['<A><b></A>', /^1: unexpected close tag/],
    ['<A>\n<b>', /^2: .*unclosed/i],
    ['', /^1: .*(root|document)/],
    ['<A/><B/>', /^1: /],
    ['<A>&nope;</A>', /^1: .*entity/],
    ['<!DOCTYPE A [<!ENTITY x "y">]><A>&x;</A>', /^1: .*DOCTYPE/],
    ['<?xml version="1.0" encoding="UTF-16"?><A/>', /^1: .*UTF-16/],
    ['<a>'.repeat(100), /^1: .*deeper than 64/],
  ])('refuses %j with one message', (text, message) => {
    expect(refusal(text)).toMatch(message);
  });

  it('refuses a document over the size limit before parsing it', () => {
    expect(refusal(`<A>${'x'.repeat(9 * 1024 * 1024)}</A>`)).toMatch(/more than the 8388608 allowed/);
  });
});

describe('writing XML', () => {
  it('reads back what it wrote, awkward characters included', () => {
    const awkward = 'a & <b> "c" \'d\' ]]> \r\n\t é \u{1F512}';
    const text = writeXml({ name: 'A', children: [{ name: 'b', text: awkward }, { name: 'empty' }] });
    const root = parsed(text);
    expect(root.children.map(({ name, text: content }) => [name, content])).toEqual([
      ['b', awkward],
      ['empty', ''],
    ]);
    expect(writeXml(toNode(root))).toBe(text);
  });

  it('has the shape Salesforce tools write', () => {
    expect(writeXml({ name: 'Settings', children: [{ name: 'flag', text: 'true' }] })).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<Settings xmlns="http://soap.sforce.com/2006/04/metadata">',
        '    <flag>true</flag>',
        '</Settings>',
        '',
      ].join('\n'),
    );
  });

  it('keeps xsi:nil', () => {
    const text = writeXml({ name: 'A', children: [{ name: 'b', attributes: { 'xsi:nil': 'true' } }] });
    expect(parsed(text).children[0]?.attributes).toEqual({ 'xsi:nil': 'true' });
  });
});
