using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Reporting;

namespace UAmtfl.Hosting;

/// <summary>The command line, the registered experiments and the console, which every verb can use.</summary>
/// <param name="CommandLine">The command line as typed.</param>
/// <param name="Arguments">The command line without the settings.</param>
/// <param name="Settings">The settings of the command line, <c>--section:key value</c>.</param>
/// <param name="Configure">Registers the experiments.</param>
/// <param name="Console">The console for output.</param>
/// <param name="Errors">Receives the errors.</param>
internal sealed record ProgramContext(
    IReadOnlyList<string> CommandLine,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<KeyValuePair<string, string?>> Settings,
    Action<IServiceCollection> Configure,
    IAnsiConsole Console,
    ErrorLines Errors)
{
    /// <summary>Returns the registered experiments in order; one that is registered twice appears once.</summary>
    /// <exception cref="UAmtflException">Two experiments have the same name, which the compiler cannot see if they are in different
    /// projects.</exception>
    public IReadOnlyList<ExperimentDescriptor> Experiments()
    {
        var services = new ServiceCollection();
        Configure(services);
        using var provider = services.BuildServiceProvider();
        List<ExperimentDescriptor> experiments = [
            .. provider.GetServices<ExperimentDescriptor>().Distinct<ExperimentDescriptor>(ReferenceEqualityComparer.Instance)];
        return experiments.GroupBy(e => e.Name).FirstOrDefault(g => g.Count() > 1) is { } same
            ? throw new UAmtflException(
                $"the experiment '{same.Key}' is declared by {string.Join(" and by ", same.Select(e => e.Class))}; give one another name")
            : experiments;
    }

    /// <summary>Returns the sections that studies add to the reports of their runs.</summary>
    public IReadOnlyList<StudySection> ReportSections()
    {
        var services = new ServiceCollection();
        Configure(services);
        using var provider = services.BuildServiceProvider();
        return [.. provider.GetServices<StudySection>()];
    }

    /// <summary>Returns the data sets of the program's experiments and those that it registers separately, sorted by name.</summary>
    /// <exception cref="UAmtflException">An entry is invalid, or two entries have the same name.</exception>
    public IReadOnlyList<CatalogueEntry> Catalogue()
    {
        var services = new ServiceCollection();
        Configure(services);
        using var provider = services.BuildServiceProvider();
        var entries = provider.GetServices<ExperimentDescriptor>().Select(e => e.NewDataset().Entry).OfType<CatalogueEntry>()
            .Concat(provider.GetServices<CatalogueEntry>()).Distinct()
            .OrderBy(e => e.Name, StringComparer.Ordinal).Select(e => e.Validated()).ToList();
        return entries.GroupBy(e => e.Name).FirstOrDefault(g => g.Count() > 1) is { } same
            ? throw new UAmtflException($"the catalogue has {same.Count()} different data sets named {same.Key}; rename one")
            : entries;
    }

    /// <summary>Throws if the command line has settings, for a verb that reads none.</summary>
    public void RefuseSettings(string verb)
    {
        if (Settings.Count > 0)
        {
            throw new UAmtflException($"{verb} takes no settings, but --{Settings[0].Key} was given");
        }
    }
}
