import { decode } from './decode';
import type { ComponentType } from './fields/field';
import type { ObservedComponent } from './observed';
import { parseXml } from './package/xml';

/** One metadata file as it was read: present, or unreadable with the lines that are wrong (D8). */
export function observeComponent(type: ComponentType, fullName: string, content: string): ObservedComponent {
  const xml = parseXml(content);
  if (!xml.ok) return { state: 'unreadable', reason: `line ${xml.error.line}: ${xml.error.problem}` };
  const decoded = decode(type, fullName, xml.value);
  if (decoded.ok) return { state: 'present', component: decoded.value };
  const reasons = decoded.error.map(({ line, problem }) => `line ${line}: ${problem}`);
  return { state: 'unreadable', reason: reasons.join('; ') };
}
