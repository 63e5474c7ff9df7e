using Spectre.Console;

namespace UAmtfl.Hosting;

/// <summary>Shows a run while it goes on.</summary>
internal interface IRunProgress
{
    /// <summary>Shows the run that <paramref name="work"/> does.</summary>
    /// <param name="work">Does the run, and tells the observer.</param>
    /// <returns>What the work returns.</returns>
    Task<T> ShowAsync<T>(Func<IRunObserver, Task<T>> work);
}

/// <summary>Chooses how a run is shown, and words what both ways show.</summary>
internal static class RunProgress
{
    /// <summary>Bars where somebody is watching, lines where the output goes into a file.</summary>
    public static IRunProgress For(IAnsiConsole console, ErrorLines errors, ResolvedRun run) =>
        console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? new BarProgress(console, errors, run)
            : new LineProgress(console.Profile.Out.Writer, errors, run);

    /// <summary>The line of a cell that has ended well.</summary>
    public static string Finished(Cell cell, CellOutcome outcome, Metric metric, int done, int total) =>
        FormattableString.Invariant($"{cell.Variant}  seed {cell.Seed}  {metric.Named(outcome.TestError)}  {outcome.Seconds:0.0} s  ({done} of {total})");

    /// <summary>Writes the error of a cell that has not.</summary>
    public static void Failed(this ErrorLines errors, Cell cell, CellOutcome outcome)
    {
        if (outcome.End != CellEnd.Stopped)
        {
            errors.Write($"{cell}: {outcome.Message}", outcome.Details);
        }
    }
}
