using Spectre.Console;
using UAmtfl.Reporting;

namespace UAmtfl.Hosting;

/// <summary>Shows a run as progress bars: one for each running cell, with its objective, and one for the whole run, with the remaining
/// time.</summary>
/// <param name="console">The terminal.</param>
/// <param name="errors">Receives the failures of cells.</param>
/// <param name="run">The run.</param>
/// <param name="before">The cells that were finished before.</param>
internal sealed class BarProgress(IAnsiConsole console, ErrorLines errors, ResolvedRun run, IReadOnlyList<Cell> before) : IRunProgress
{
    /// <inheritdoc/>
    public Task<T> ShowAsync<T>(Func<IRunObserver, Task<T>> work) => console.Progress()
        .AutoClear(true)
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn(),
            new PercentageColumn(),
            new RemainingTimeColumn())
        .StartAsync(context => work(new Bars(console, errors, run, before, context)));

    private sealed class Bars(
        IAnsiConsole console, ErrorLines errors, ResolvedRun run, IReadOnlyList<Cell> before, ProgressContext context) : IRunObserver
    {
        private readonly Metric metric = Metric.For(run.Experiment.Tasks);
        private readonly int total = run.Variants.Count * run.Seeds.Count;
        private readonly ProgressTask overall = context.AddTask(
            Markup.Escape(run.Experiment.Name),
            maxValue: (run.Seeds.Count * run.Variants.Sum(v => v.Epochs)) - before.Sum(cell => run[cell.Variant].Epochs));
        private readonly Dictionary<Cell, ProgressTask> running = [];
        private readonly Dictionary<Cell, double> validation = [];
        private readonly Lock gate = new();
        private int done = before.Count;

        /// <inheritdoc/>
        public void Started(Cell cell)
        {
            lock (gate)
            {
                running[cell] = context.AddTaskBefore(
                    Markup.Escape($"{cell.Variant} seed {cell.Seed}"), overall, maxValue: run[cell.Variant].Epochs);
            }
        }

        /// <inheritdoc/>
        public void EpochEnded(Cell cell, EpochProgress epoch)
        {
            lock (gate)
            {
                validation[cell] = epoch.ValidationError ?? validation.GetValueOrDefault(cell, double.NaN);
                overall.Increment(epoch.Epoch - running[cell].Value);
                running[cell].Value = epoch.Epoch;
                running[cell].Description = Markup.Escape(Describe(cell, epoch.Objective, validation[cell]));
            }
        }

        /// <inheritdoc/>
        public void Ended(Cell cell, CellOutcome outcome)
        {
            lock (gate)
            {
                done++;
                overall.Increment(running[cell].MaxValue - running[cell].Value);
                context.RemoveTask(running[cell]);
                running.Remove(cell);
                if (outcome.End == CellEnd.Finished)
                {
                    console.WriteLine(RunProgress.Finished(cell, outcome, metric, done, total));
                }
                else
                {
                    errors.Failed(cell, outcome);
                }
            }
        }

        private string Describe(Cell cell, double objective, double error) =>
            $"{cell.Variant} seed {cell.Seed}  objective {Numbers.Significant(objective)}"
            + (double.IsNaN(error) ? "" : $"  validation {metric.Text(error)}");
    }
}
