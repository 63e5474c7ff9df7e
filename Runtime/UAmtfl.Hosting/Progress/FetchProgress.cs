using Spectre.Console;
using UAmtfl.Data;

namespace UAmtfl.Hosting;

/// <summary>Shows how data is fetched.</summary>
internal interface IFetchProgress
{
    /// <summary>Shows the fetching that <paramref name="work"/> does.</summary>
    Task<T> ShowAsync<T>(Func<IFetchObserver, Task<T>> work);
}

/// <summary>Chooses how fetching is shown.</summary>
internal static class FetchProgress
{
    /// <summary>Bars where somebody is watching, lines where the output goes into a file.</summary>
    public static IFetchProgress For(IAnsiConsole console) =>
        console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected ? new FetchBars(console) : new FetchLines(console.Profile.Out.Writer);

    /// <summary>The line of a file that has come.</summary>
    public static string Finished(CatalogueEntry entry, CatalogueFile file, string source) => $"{entry.Name}: {file.Name}  {DataReport.Size(file.Size)}  from {source}";
}

/// <summary>A line for each file that has come.</summary>
/// <param name="writer">Where to.</param>
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

/// <summary>A bar for each file, with speed and remaining time.</summary>
/// <param name="console">The terminal.</param>
internal sealed class FetchBars(IAnsiConsole console) : IFetchProgress
{
    /// <inheritdoc/>
    public Task<T> ShowAsync<T>(Func<IFetchObserver, Task<T>> work) => console.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new DownloadedColumn { Base = FileSizeBase.Decimal }, new TransferSpeedColumn { Base = FileSizeBase.Decimal }, new RemainingTimeColumn())
        .StartAsync(context => work(new Bars(console, context)));

    private sealed class Bars(IAnsiConsole console, ProgressContext context) : IFetchObserver
    {
        private readonly Dictionary<string, ProgressTask> bars = [];

        /// <inheritdoc/>
        public void Started(CatalogueEntry entry, CatalogueFile file) => bars[file.Name] = context.AddTask(Markup.Escape($"{entry.Name}: {file.Name}"), maxValue: file.Size);

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
