using Spectre.Console;

namespace UAmtfl.Hosting;

/// <summary>Shows the progress of a run.</summary>
internal interface IRunProgress
{
    /// <summary>Runs work and shows its progress.</summary>
    /// <param name="work">Executes the run, and notifies the observer.</param>
    /// <returns>What the work returns.</returns>
    Task<T> ShowAsync<T>(Func<IRunObserver, Task<T>> work);
}

/// <summary>Chooses how the progress of a run is shown, and writes the lines that bars and lines have in common.</summary>
internal static class RunProgress
{
    /// <summary>Returns progress bars if the output is a terminal, else lines.</summary>
    /// <param name="console">The console.</param>
    /// <param name="errors">Receives the failures of cells.</param>
    /// <param name="run">The run.</param>
    /// <param name="before">The cells that were finished before.</param>
    public static IRunProgress For(IAnsiConsole console, ErrorLines errors, ResolvedRun run, IReadOnlyList<Cell> before) =>
        console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? new BarProgress(console, errors, run, before)
            : new LineProgress(console.Profile.Out.Writer, errors, run, before.Count);

    /// <summary>Returns the line that reports a finished cell.</summary>
    public static string Finished(Cell cell, CellOutcome outcome, Metric metric, int done, int total) =>
        FormattableString.Invariant(
            $"{cell.Variant}  seed {cell.Seed}  {metric.Named(outcome.TestError)}  {outcome.Seconds:0.0} s  ({done} of {total})");

    /// <summary>Writes the error of a cell that failed.</summary>
    public static void Failed(this ErrorLines errors, Cell cell, CellOutcome outcome)
    {
        if (outcome.End is not (CellEnd.Stopped or CellEnd.OutOfTime))
        {
            errors.Write($"{cell}: {outcome.Message}", outcome.Details);
        }
    }
}
