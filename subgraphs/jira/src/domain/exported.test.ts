import { describe, expect, it } from 'vitest';
import { findExportedKeys } from './exported.ts';

// As Jira's issue navigator exports them: XML, printable and full HTML, Word; of each one version is tight and another has blanks and attributes.
describe('an export of Jira in XML or HTML', () => {
  it.each([
    ['XML', '\ufeff\n<?xml version="1.0"?><rss><item><key id="1"> ABC-12 </key><x>XYZ-9</x></item><item><key>ABC-13</key></item></rss>'],
    [
      'rows that tell their issue',
      `<table><tr id="r1" data-issuekey="ABC-12" class="x"><td>XYZ-9</td></tr><tr data-issuekey='ABC-13'></tr></table>`,
    ],
    [
      'cells of a column',
      `<!-- generated --><td id="c" class="nav issuekey wide" style="a">\n <a class="issue-link" href="/browse/XYZ-1">\n ABC-12</a></td><td class='issuekey'>ABC-13</td>`,
    ],
    [
      'titles',
      '<html><h3 id="1" class="formtitle wide" style="a">\n [ <a href="/browse/XYZ-1">\n ABC-12</a>] XYZ-9</h3><h3 class="formtitle"><a>ABC-13</a></h3>',
    ],
  ])('lists its issues in %s', (_name, text) => {
    expect(findExportedKeys(text)).toEqual(['ABC-12', 'ABC-13']);
  });

  it.each(['Put <div><key>ABC-1</key></div> into it', '<html><body>about ABC-1</body></html>', ''])('is not %j', (text) => {
    expect(findExportedKeys(text)).toEqual([]);
  });
});

describe('a table', () => {
  // https://www.rfc-editor.org/rfc/rfc4180#section-2, and what spreadsheets make of it.
  it.each([
    ['blanks around the names of its columns', 'Summary , Issue key \na,ABC-1\nno key,\nb,ABC-2'],
    ['lines as old Macs end them', 'Summary,Issue key\ra,ABC-1\rno key,\rb,ABC-2'],
    ['commas in its cells', 'Issue key;Summary\nABC-1;a, b\nABC-2;c'],
    ['quotes in quotes', 'Summary,Issue key\n"He said ""a, XYZ-9"" b",ABC-1\n"""x""",ABC-2'],
    ['quotes within a cell that has none around', 'Summary,Issue key\n5" pipe,ABC-1\n6" pipe,ABC-2'],
    ['a name for its keys that nobody knows', 'Tiketi,Nimi\nABC-1,a\nABC-2,like XYZ-9'],
    ['no name for its keys', '\tSummary\nABC-1\ta\nABC-2\tlike XYZ-9'],
    ['rows without any text', 'Tiketi,Nimi\r\nABC-1,a\r\n , \r\n\r\nABC-2,b\r\n'],
  ])('has its keys in their column, with %s', (_name, text) => {
    expect(findExportedKeys(text)).toEqual(['ABC-1', 'ABC-2']);
  });

  it.each([
    ['one column, as a JQL over several lines may have', 'key =\nABC-1'],
    ['a head alone', 'Issue key,Summary'],
    ['no column that is all keys', 'Tiketi,Nimi\nABC-1,x\ny,z'],
    ['lines of any number of cells', 'Look at these, please\nABC-1, ABC-2, ABC-3'],
    ['some lines that are longer than the first', 'Look at these, please\nABC-1, ABC-2\nABC-3, ABC-4, ABC-5'],
  ])('is no export with %s', (_name, text) => {
    expect(findExportedKeys(text)).toEqual([]);
  });
});
