import type { Command, Option } from 'commander';

import { shellQuoted } from '../values/shell-word';

/** Shells that the completion is written for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** Names of the project that the scripts ask the program for. */
export const NAMES = ['orgs', 'apps', 'controls'] as const;
export type Names = (typeof NAMES)[number];

/** One command as a shell sees it. */
interface Completed {
  /** `migrate stop`. */
  readonly words: string;
  readonly description: string;
  readonly options: readonly Option[];
  readonly below: readonly string[];
  /** Takes the path of a file as its argument. */
  readonly takesFile: boolean;
  /** What its argument is the name of. */
  readonly names?: Names;
}

/** A script for the shell that completes commands, options and their choices, as this very program has them. */
export function completion(program: Command, shell: Shell): string {
  const commands = everyCommand(program);
  if (shell === 'fish') return fish(program.name(), program.options, commands);
  const script = bash(program.name(), program.options, commands);
  return shell === 'bash' ? script : `autoload -U +X bashcompinit && bashcompinit\n${script}`;
}

function everyCommand(program: Command, above = ''): readonly Completed[] {
  return program.commands.flatMap((command) => {
    const words = `${above}${command.name()}`;
    const argument = ARGUMENTS[command.registeredArguments[0]?.name() ?? ''];
    const completed = {
      words,
      description: command.description(),
      options: command.options,
      below: command.commands.map((each) => each.name()),
      takesFile: command.registeredArguments.some((argument) => /file|dir/.test(argument.name())),
      ...(argument !== undefined && { names: argument }),
    };
    return [completed, ...everyCommand(command, `${words} `)];
  });
}

/** What the first argument of a command names, by how the command calls it. */
const ARGUMENTS: Readonly<Record<string, Names>> = { org: 'orgs', app: 'apps', term: 'controls' };

/** What the value of an option names. */
const namedBy = ({ flags, long }: Option): Names | undefined =>
  long === '--org' || /<org>/.test(flags) ? 'orgs' : /<app(\.\.\.)?>/.test(flags) ? 'apps' : undefined;

const namesOf = (options: readonly Option[]): readonly string[] =>
  options.flatMap(({ long }) => (long === undefined || long === null ? [] : [long]));
const takesValue = ({ required, optional }: Option): boolean => required || optional;
const takesPath = ({ flags }: Option): boolean => /<(file|dir|path)/.test(flags);

function bash(name: string, common: readonly Option[], commands: readonly Completed[]): string {
  const top = commands.filter(({ words }) => !words.includes(' ')).map(({ words }) => words);
  const parents = commands.filter(({ below }) => below.length > 0);
  const values = (command: string, options: readonly Option[]): readonly string[] =>
    options.filter(takesValue).map((option) => {
      const names = namedBy(option);
      const reply = option.argChoices
        ? `COMPREPLY=($(compgen -W ${shellQuoted(option.argChoices.join(' '))} -- "$current"))`
        : takesPath(option)
          ? 'COMPREPLY=($(compgen -f -- "$current"))'
          : names !== undefined
            ? `_client_apps_names ${names}`
            : 'COMPREPLY=()';
      return `    ${shellQuoted(`${command} ${option.long ?? ''}`)}) ${reply}; return ;;`;
    });
  const words = (offered: readonly string[], file: boolean): string =>
    `COMPREPLY=($(compgen -W ${shellQuoted(offered.join(' '))} -- "$current")${file ? ' $(compgen -f -- "$current")' : ''})`;
  const shared = namesOf(common);
  const lines = [
    `# Completion of ${name}: source <(${name} completion bash)`,
    // The names are of letters, digits and -_. alone, as the shell would expand anything else.
    '_client_apps_names() {',
    `  COMPREPLY+=($(compgen -W "$(command ${name} completion "$1" 2>/dev/null)" -- "$current"))`,
    '}',
    '_client_apps() {',
    '  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" command="" word',
    '  for word in "${COMP_WORDS[@]:1:$((COMP_CWORD - 1))}"; do',
    '    case "$word" in -*) continue ;; esac',
    `    case "$command" in`,
    `      "") command="$word" ;;`,
    ...parents.map(
      ({ words: parent, below }) =>
        `      ${shellQuoted(parent)}) case "$word" in ${below.join('|')}) command="$command $word" ;; esac; break ;;`,
    ),
    '      *) break ;;',
    '    esac',
    '  done',
    '  case "$command $previous" in',
    ...commands.flatMap((each) => values(each.words, each.options)),
    '  esac',
    '  case "$command" in',
    `    '') ${words([...top, ...shared, '--help'], false)} ;;`,
    ...commands.map(
      ({ words: command, options, below, takesFile, names }) =>
        `    ${shellQuoted(command)}) ${words([...below, ...namesOf(options), ...shared, '--help'], takesFile)}` +
        `${names === undefined ? '' : `; [[ $current == -* ]] || _client_apps_names ${names}`} ;;`,
    ),
    '  esac',
    '}',
    `complete -o filenames -F _client_apps ${name}`,
  ];
  return `${lines.join('\n')}\n`;
}

function fish(name: string, common: readonly Option[], commands: readonly Completed[]): string {
  const asked = (names: Names): string => `(command ${name} completion ${names} 2>/dev/null)`;
  const optionLine = (option: Option, when: string): string => {
    const long = (option.long ?? '').slice(2);
    const names = namedBy(option);
    const offered = option.argChoices?.join(' ') ?? (names === undefined ? undefined : asked(names));
    const choices = offered === undefined ? '' : ` -x -a ${shellQuoted(offered)}`;
    const path = takesPath(option) ? ' -r -F' : ' -x';
    return `complete -c ${name}${when} -l ${long}${choices !== '' ? choices : takesValue(option) ? path : ''} -d ${shellQuoted(option.description)}`;
  };
  const lines = [
    `# Completion of ${name}: ${name} completion fish | source`,
    `complete -c ${name} -f`,
    ...common.map((option) => optionLine(option, '')),
    ...commands.flatMap(({ words, description, options, takesFile, names }) => {
      const [parent = '', child] = words.split(' ');
      const seen =
        child === undefined
          ? `__fish_seen_subcommand_from ${parent}`
          : `__fish_seen_subcommand_from ${parent}; and __fish_seen_subcommand_from ${child}`;
      const offer = child === undefined ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${parent}`;
      return [
        `complete -c ${name} -n ${shellQuoted(offer)} -a ${shellQuoted(child ?? parent)} -d ${shellQuoted(description)}`,
        ...options.map((option) => optionLine(option, ` -n ${shellQuoted(seen)}`)),
        ...(names === undefined ? [] : [`complete -c ${name} -n ${shellQuoted(seen)} -a ${shellQuoted(asked(names))}`]),
        ...(takesFile ? [`complete -c ${name} -n ${shellQuoted(seen)} -F`] : []),
      ];
    }),
  ];
  return `${lines.join('\n')}\n`;
}
