using System.CommandLine;
using System.CommandLine.Help;
using UAmtfl.Messages;

namespace UAmtfl.Hosting;

/// <summary>The verbs of the program. A new verb is one class with a method <c>Create</c> and one entry in the list here.</summary>
internal static class Verbs
{
    private static readonly IReadOnlyList<Func<ProgramContext, Command>> All = [
        ListVerb.Create, RunVerb.Create, RunsVerb.Create, ReportVerb.Create, PredictVerb.Create, ExportVerb.Create, DataVerb.Create,
        WorkerVerb.Create];

    /// <summary>Parses the command line and runs its verb.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UAmtflException">The command line is wrong.</exception>
    public static Task<int> InvokeAsync(ProgramContext context)
    {
        var root = new RootCommand(
            "Multi-task learning experiments. Settings are written --experiment:key value, "
            + "for example --experiment:Training:LearningRate 0.01.");
        foreach (var create in All)
        {
            root.Subcommands.Add(create(context));
        }

        RefuseUnknown(root, context.Arguments);
        var parsed = root.Parse(context.Arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            throw new UAmtflException(parsed.Errors[0].Message);
        }

        // SignalLifetime handles signals, and ExperimentProgram exceptions.
        return parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    /// <summary>True if the verb of a command line writes its results to files, so that its output is only a display.</summary>
    public static bool WriteFiles(IReadOnlyList<string> arguments) =>
        arguments.FirstOrDefault(a => !a.StartsWith('-')) switch
        {
            RunVerb.Name or PredictVerb.Name or ExportVerb.Name => true,
            ReportVerb.Name => !ReportVerb.Prints(arguments),
            _ => false,
        }
        && !arguments.Any(a => a is "--help" or "-h" or "-?");

    /// <summary>Throws if a verb or an option is unknown, and names the nearest known one.</summary>
    private static void RefuseUnknown(RootCommand root, IReadOnlyList<string> arguments)
    {
        var verb = arguments.FirstOrDefault(a => !a.StartsWith('-'));
        var command = verb is null ? root : root.Subcommands.FirstOrDefault(c => c.Name == verb);
        var verbs = root.Subcommands.Where(c => !c.Hidden).Select(c => c.Name).ToList();
        if (command is null)
        {
            throw new UAmtflException($"unknown verb '{verb}'; {Nearest.Hint(verb!, verbs)}");
        }

        command = Descend(command, arguments);
        var options = command.Options.Concat(root.Options.Where(o => o.Recursive || command is RootCommand)).ToList();
        var names = options.SelectMany(o => o.Aliases.Prepend(o.Name)).ToList();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!IsOption(arguments[i]))
            {
                continue;
            }

            var (name, value) = CommandLineSettings.Parts(arguments[i]);
            if (!names.Contains(name))
            {
                throw new UAmtflException($"unknown option {name}; {Nearest.Hint(name, options.Select(o => o.Name))}");
            }

            // Without this check the parser would take the next option as the value.
            if (value is null
                && NeedsValue(options.First(o => o.Name == name || o.Aliases.Contains(name)))
                && (i + 1 == arguments.Count || IsOption(arguments[i + 1])))
            {
                throw new UAmtflException($"option {name} has no value; write {name} VALUE");
            }
        }

        if (verb is null && arguments.Count == 0)
        {
            throw new UAmtflException($"no verb given; known are: {string.Join(", ", verbs)} (--help says more)");
        }
    }

    private static bool IsOption(string token) => token.Length > 1 && token[0] == '-' && !char.IsAsciiDigit(token[1]);

    private static bool NeedsValue(Option option) => option is not HelpOption and not VersionOption && option.ValueType != typeof(bool);

    /// <summary>Returns the nested verb of a verb that has some, such as <c>get</c> in <c>data get</c>.</summary>
    private static Command Descend(Command command, IReadOnlyList<string> arguments)
    {
        if (command is RootCommand || command.Subcommands.Count == 0)
        {
            return command;
        }

        var names = command.Subcommands.Select(c => c.Name).ToList();
        var words = arguments.Where(a => !a.StartsWith('-')).ToList();
        if (words.Count > 1)
        {
            return command.Subcommands.FirstOrDefault(c => c.Name == words[1])
                ?? throw new UAmtflException($"unknown verb '{command.Name} {words[1]}'; {Nearest.Hint(words[1], names)}");
        }

        return words.Count < arguments.Count
            ? command
            : throw new UAmtflException($"{command.Name} needs a verb; known are: {string.Join(", ", names)}");
    }
}
