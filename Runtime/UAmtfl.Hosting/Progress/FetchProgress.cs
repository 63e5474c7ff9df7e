using Spectre.Console;
using UAmtfl.Data;

namespace UAmtfl.Hosting;

/// <summary>Shows the progress of fetching data.</summary>
internal interface IFetchProgress
{
    /// <summary>Runs work that fetches data, and shows its progress.</summary>
    Task<T> ShowAsync<T>(Func<IFetchObserver, Task<T>> work);
}

/// <summary>Chooses how the progress of fetching is shown.</summary>
internal static class FetchProgress
{
    /// <summary>Returns progress bars if the output is a terminal, else lines.</summary>
    public static IFetchProgress For(IAnsiConsole console) =>
        console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? new FetchBars(console)
            : new FetchLines(console.Profile.Out.Writer);

    /// <summary>Returns the line that reports a fetched file.</summary>
    public static string Finished(CatalogueEntry entry, CatalogueFile file, string source) =>
        $"{entry.Name}: {file.Name}  {DataReport.Size(file.Size)}  from {source}";
}

/// <summary>Shows the progress of fetching as a line for each fetched file.</summary>
/// <param name="writer">Receives the lines.</param>
internal sealed class FetchLines(TextWriter writer) : IFetchProgress, IFetchObserver
{
    /// <inheritdoc/>
    public Task<T> ShowAsync<T>(Func<IFetchObserver, Task<T>> work) => work(this);

    /// <inheritdoc/>
    public void Started(CatalogueEntry entry, CatalogueFile file)
    {
    }

    /// <inheritdoc/>
    public void Advanced(CatalogueFile file, long bytes)
    {
    }

    /// <inheritdoc/>
    public void Finished(CatalogueEntry entry, CatalogueFile file, string source) => Note(FetchProgress.Finished(entry, file, source));

    /// <inheritdoc/>
    public void Note(string line)
    {
        writer.WriteLine(line);
        writer.Flush();
    }
}

/// <summary>Shows the progress of fetching as a bar for each file, with speed and remaining time.</summary>
/// <param name="console">The terminal.</param>
internal sealed class FetchBars(IAnsiConsole console) : IFetchProgress
{
    /// <inheritdoc/>
    public Task<T> ShowAsync<T>(Func<IFetchObserver, Task<T>> work) => console.Progress()
        .AutoClear(true)
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn(),
            new DownloadedColumn { Base = FileSizeBase.Decimal },
            new TransferSpeedColumn { Base = FileSizeBase.Decimal },
            new RemainingTimeColumn())
        .StartAsync(context => work(new Bars(console, context)));

    private sealed class Bars(IAnsiConsole console, ProgressContext context) : IFetchObserver
    {
        private readonly Dictionary<string, ProgressTask> bars = [];

        /// <inheritdoc/>
        public void Started(CatalogueEntry entry, CatalogueFile file) =>
            bars[file.Name] = context.AddTask(Markup.Escape($"{entry.Name}: {file.Name}"), maxValue: file.Size);

        /// <inheritdoc/>
        public void Advanced(CatalogueFile file, long bytes) => bars[file.Name].Value = bytes;

        /// <inheritdoc/>
        public void Finished(CatalogueEntry entry, CatalogueFile file, string source)
        {
            context.RemoveTask(bars[file.Name]);
            console.WriteLine(FetchProgress.Finished(entry, file, source));
        }

        /// <inheritdoc/>
        public void Note(string line) => console.WriteLine(line);
    }
}
