using System.CommandLine;

namespace UAmtfl.Hosting;

/// <summary><c>worker --run DIR</c>: what <c>run</c> starts as child processes; nothing that a person would type.</summary>
internal static class WorkerVerb
{
    /// <summary>The verb's name.</summary>
    public const string Name = "worker";

    /// <summary>The option with the run folder.</summary>
    public const string Run = "--run";

    /// <summary>The option with the number of the process that started the worker.</summary>
    public const string Parent = "--parent";

    /// <summary>The verb.</summary>
    public static Command Create(ProgramContext context)
    {
        var folder = new Option<string>(Run) { Description = "The run folder.", Required = true };
        var parent = new Option<int>(Parent) { Description = "The process that started it.", Required = true };
        var command = new Command(Name, "Trains the cells that standard input names.") { folder, parent };
        command.Hidden = true;
        command.SetAction(parsed => Worker.Run(context.Experiments(), parsed.GetRequiredValue(folder), parsed.GetRequiredValue(parent)));
        return command;
    }
}
