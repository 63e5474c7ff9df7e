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
    public static IRunProgress For(IAnsiConsole console, ErrorLines errors, ResolvedRun run) =>
        console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? new BarProgress(console, errors, run)
            : new LineProgress(console.Profile.Out.Writer, errors, run);

    /// <summary>Returns the line that reports a finished cell.</summary>
    public static string Finished(Cell cell, CellOutcome outcome, Metric metric, int done, int total) =>
        FormattableString.Invariant(
            $"{cell.Variant}  seed {cell.Seed}  {metric.Named(outcome.TestError)}  {outcome.Seconds:0.0} s  ({done} of {total})");

    /// <summary>Writes the error of a cell that failed.</summary>
    public static void Failed(this ErrorLines errors, Cell cell, CellOutcome outcome)
    {
        if (outcome.End != CellEnd.Stopped)
        {
            errors.Write($"{cell}: {outcome.Message}", outcome.Details);
        }
    }
}
