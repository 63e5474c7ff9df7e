using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using UAmtfl.Data;
using UAmtfl.Descriptors;

namespace UAmtfl.Hosting;

/// <summary>What every verb may need.</summary>
/// <param name="CommandLine">The command line as typed.</param>
/// <param name="Arguments">The command line without the settings.</param>
/// <param name="Settings">The settings of the command line, <c>--section:key value</c>.</param>
/// <param name="Configure">Registers the experiments.</param>
/// <param name="Console">Where to write.</param>
/// <param name="Errors">Where to write errors.</param>
internal sealed record ProgramContext(
    IReadOnlyList<string> CommandLine,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<KeyValuePair<string, string?>> Settings,
    Action<IServiceCollection> Configure,
    IAnsiConsole Console,
    ErrorLines Errors)
{
    /// <summary>The registered experiments, in order; one that is registered twice counts once.</summary>
    /// <exception cref="UAmtflException">Two have the same name, which the compiler does not see where they are of different projects.</exception>
    public IReadOnlyList<ExperimentDescriptor> Experiments()
    {
        var services = new ServiceCollection();
        Configure(services);
        using var provider = services.BuildServiceProvider();
        List<ExperimentDescriptor> experiments = [.. provider.GetServices<ExperimentDescriptor>().Distinct<ExperimentDescriptor>(ReferenceEqualityComparer.Instance)];
        return experiments.GroupBy(e => e.Name).FirstOrDefault(g => g.Count() > 1) is { } same
            ? throw new UAmtflException($"the experiment '{same.Key}' is declared by {string.Join(" and by ", same.Select(e => e.Class))}; give one another name")
            : experiments;
    }

    /// <summary>The data sets that the program knows: those of its experiments, and those that it registers besides; by name.</summary>
    /// <exception cref="UAmtflException">An entry is wrong, or two have the same name.</exception>
    public IReadOnlyList<CatalogueEntry> Catalogue()
    {
        var services = new ServiceCollection();
        Configure(services);
        using var provider = services.BuildServiceProvider();
        var entries = provider.GetServices<ExperimentDescriptor>().Select(e => e.NewDataset().Entry).OfType<CatalogueEntry>()
            .Concat(provider.GetServices<CatalogueEntry>()).Distinct().OrderBy(e => e.Name, StringComparer.Ordinal).Select(e => e.Validated()).ToList();
        return entries.GroupBy(e => e.Name).FirstOrDefault(g => g.Count() > 1) is { } same
            ? throw new UAmtflException($"the catalogue has {same.Count()} different data sets named {same.Key}; rename one")
            : entries;
    }

    /// <summary>Refuses settings, for a verb that reads none.</summary>
    public void RefuseSettings(string verb)
    {
        if (Settings.Count > 0)
        {
            throw new UAmtflException($"{verb} takes no settings, but --{Settings[0].Key} was given");
        }
    }
}
