using System.Text.Json;
using Microsoft.Extensions.Configuration;
using UAmtfl.Data;
using UAmtfl.Messages;

namespace UAmtfl.Hosting;

/// <summary>Composes the settings of a run from <c>appsettings.json</c>, <c>appsettings.{environment}.json</c>, variables
/// <c>UAMTFL_…</c> and the command line; a later source wins.</summary>
internal static class RunConfiguration
{
    /// <summary>The prefix of environment variables that are settings, as in <c>UAMTFL_mnist-imbalanced__Seeds</c>.</summary>
    public const string Prefix = "UAMTFL_";

    /// <summary>The variables with the prefix that are not settings.</summary>
    private static readonly string[] Variables = [DataCache.Variable[Prefix.Length..]];

    /// <summary>Adds the sources of settings to a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="folder">The folder of the files.</param>
    /// <param name="environment">The environment; null for none.</param>
    /// <param name="commandLine">The command line's settings.</param>
    /// <exception cref="UAmtflException">There is no such environment, or a file is damaged.</exception>
    public static void Add(
        IConfigurationBuilder configuration, string folder, string? environment, IReadOnlyList<KeyValuePair<string, string?>> commandLine)
    {
        AddFile(configuration, Path.Combine(folder, "appsettings.json"), optional: true);
        if (environment is not null)
        {
            RequireEnvironment(folder, environment);
            AddFile(configuration, Path.Combine(folder, FileOf(environment)), optional: false);
        }

        configuration.AddEnvironmentVariables(Prefix);
        var last = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in commandLine)
        {
            last[key] = value;
        }

        configuration.AddInMemoryCollection(last);
    }

    /// <summary>Throws if a section is not named like an experiment, because a misspelt name would otherwise have no effect.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="commandLine">The command line's settings.</param>
    /// <param name="experiments">The experiments' names.</param>
    /// <param name="chosen">The name of the experiment that is run.</param>
    /// <exception cref="UAmtflException">A section or a setting belongs to no experiment.</exception>
    public static void RefuseUnknown(
        IConfiguration configuration,
        IReadOnlyList<KeyValuePair<string, string?>> commandLine,
        IReadOnlyList<string> experiments,
        string chosen)
    {
        foreach (var section in configuration.GetChildren().Where(s => !Variables.Contains(s.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!experiments.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
            {
                throw new UAmtflException(section.GetChildren().Any()
                    ? $"unknown section '{section.Key}' in the settings; {Nearest.Hint(section.Key, experiments)}"
                    : $"setting {section.Key} belongs to no experiment; "
                        + $"write {chosen}:{section.Key}, or as a variable {Prefix}{chosen}__{section.Key}");
            }

            if (!string.IsNullOrEmpty(section.Value))
            {
                throw new UAmtflException(
                    $"setting {section.Key} is '{section.Value}', but it is a section; write {section.Key}:Seeds and the like");
            }
        }

        if (commandLine.FirstOrDefault(s => !s.Key.StartsWith(chosen + ":", StringComparison.OrdinalIgnoreCase)).Key is { } other)
        {
            throw new UAmtflException($"setting {other} is not one of {chosen}, which is what is run");
        }
    }

    private static void AddFile(IConfigurationBuilder configuration, string file, bool optional)
    {
        // A folder or a broken link would be treated as a missing file.
        if (Directory.Exists(file) || LinksToNothing(file))
        {
            throw new UAmtflException(
                $"cannot read {file}: it is {(Directory.Exists(file) ? "a folder" : "a link to nothing")}; "
                + "remove it, or put a file in its place");
        }

        try
        {
            configuration.AddJsonFile(file, optional, reloadOnChange: false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or FormatException)
        {
            throw new UAmtflException($"cannot read {file}: {Reason(e)}", e);
        }
    }

    /// <summary>Returns what is wrong with a file and, if it is no JSON, in which line.</summary>
    private static string Reason(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is JsonException { LineNumber: { } line } json)
            {
                return $"line {line + 1} is no JSON ({Words.Clause(json.Message.Split(" LineNumber:", 2)[0])}): mend it";
            }
        }

        return (failure.InnerException ?? failure).Message;
    }

    private static bool LinksToNothing(string file) =>
        new FileInfo(file) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: true };

    private static void RequireEnvironment(string folder, string environment)
    {
        if (!File.Exists(Path.Combine(folder, FileOf(environment))))
        {
            var known = Directory.EnumerateFiles(folder, FileOf("*"))
                .Select(f => Path.GetFileName(f)["appsettings.".Length..^".json".Length]).Order(StringComparer.Ordinal).ToList();
            throw new UAmtflException(
                $"unknown environment '{environment}': there is no {FileOf(environment)} beside the "
                + $"program; {(known.Count == 0 ? "there are none" : Nearest.Hint(environment, known))}");
        }
    }

    private static string FileOf(string environment) => $"appsettings.{environment}.json";
}
