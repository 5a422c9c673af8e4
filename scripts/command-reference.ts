import type { Command } from 'commander';

import type { Io, Sink } from '../lib/cli/io';
import { buildProgram } from '../lib/cli/program';
import { code, table } from './markdown';

const HEAD = `# Commands

Every command with its arguments and options. Written by \`npm run generate\` from the command line program itself. \`client-apps COMMAND --help\` says the same.

An app is named by its API name, or by \`ORG/NAME\` where several orgs of the run declare it. Without \`--manifest\` a
command works on the stacks that \`cdktf.out/manifest.json\` names. \`plan\`, \`apply\`, \`drift\`, \`status\` and \`outputs\` first run
the \`app\` command of \`cdktf.json\`, as cdktf does: its output goes to standard error, and where it fails nothing is read.
Not with \`--manifest\`, \`--no-synth\` or a saved plan, nor where Terraform runs the command.

Every command takes \`--no-color\`, \`--quiet\` and \`--debug\` as well ([what they do](exit-codes.md)).
`;

const nowhere: Sink = { write: () => undefined, isTerminal: false, columns: undefined };
const NOBODY: Io = {
  environment: {},
  nodeVersion: '0.0.0',
  cwd: '.',
  stdout: nowhere,
  stderr: nowhere,
  ask: undefined,
  onInterrupt: () => () => undefined,
  onAbandoned: () => () => undefined,
  today: () => '2000-01-01',
};

/** The command line program, for reading its options; its commands do nothing. */
export const programToRead = (): Command => buildProgram(NOBODY, () => Promise.resolve());

/** Every command with its arguments and options, as Markdown. */
export function commandReference(program: Command = programToRead()): string {
  return [
    HEAD,
    ...program.commands.flatMap((command) => [
      section(program.name(), command),
      ...command.commands.map((below) => section(`${program.name()} ${command.name()}`, below, command.name())),
    ]),
  ].join('\n');
}

function section(program: string, command: Command, parent?: string): string {
  const { registeredArguments: args, options } = command;
  const usage = [program, command.name(), ...args.map((each) => argument(each.name(), each.required)), '[options]'];
  const rows = [
    ...args.map((each) => [code(argument(each.name(), each.required)), each.description]),
    ...options.map(({ flags, description, argChoices }) => [
      code(flags),
      argChoices ? `${description} (${argChoices.join(', ')})` : description,
    ]),
  ];
  const shown = table(['argument or option', 'meaning'], rows);
  const title = parent === undefined ? command.name() : `${parent} ${command.name()}`;
  return `## ${title}\n\n${command.description()}\n\n\`\`\`text\n${usage.join(' ')}\n\`\`\`\n\n${shown}\n`;
}

const argument = (name: string, required: boolean): string => (required ? `<${name}>` : `[${name}]`);
