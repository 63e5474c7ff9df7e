using System.CommandLine;

namespace UAmtfl.Hosting;

/// <summary>The verb <c>worker --run DIR</c>, with which <c>run</c> starts its child processes; nobody types it.</summary>
internal static class WorkerVerb
{
    /// <summary>The name of the verb.</summary>
    public const string Name = "worker";

    /// <summary>The option that names the run folder.</summary>
    public const string Run = "--run";

    /// <summary>The option that gives the identifier of the process that started the worker.</summary>
    public const string Parent = "--parent";

    /// <summary>The option that gives the time at which trainings stop.</summary>
    public const string Until = "--until";

    /// <summary>Creates the verb <c>worker</c>.</summary>
    public static Command Create(ProgramContext context)
    {
        var folder = new Option<string>(Run) { Description = "The run folder.", Required = true };
        var parent = new Option<int>(Parent) { Description = "The process that started it.", Required = true };
        var until = new Option<DateTimeOffset?>(Until) { Description = "The time at which trainings stop." };
        var command = new Command(Name, "Trains the cells that standard input names.") { folder, parent, until };
        command.Hidden = true;
        command.SetAction(parsed => Worker.Run(
            context.Experiments(),
            parsed.GetRequiredValue(folder),
            parsed.GetRequiredValue(parent),
            TimeLimit.None with { End = parsed.GetValue(until) }));
        return command;
    }
}
