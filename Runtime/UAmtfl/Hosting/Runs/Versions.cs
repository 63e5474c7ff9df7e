using System.Reflection;
using System.Text.Json;
using TorchSharp;

namespace UAmtfl.Hosting;

/// <summary>The versions of what computes.</summary>
internal static class Versions
{
    /// <summary>Reads them, without loading libtorch: the program around the workers never needs it.</summary>
    public static IReadOnlyDictionary<string, string> Read() => new Dictionary<string, string>
    {
        ["UAmtfl"] = Of(typeof(Versions).Assembly),
        [".NET"] = Environment.Version.ToString(),
        ["TorchSharp"] = Of(typeof(torch).Assembly),
        ["libtorch"] = Libtorch() ?? "unknown",
    };

    private static string Of(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString() ?? "unknown";

    /// <summary>The version of the package with the native library, from the list of packages beside the program.</summary>
    private static string? Libtorch()
    {
        if (AppContext.GetData("APP_CONTEXT_DEPS_FILES") is not string files)
        {
            return null;
        }

        foreach (var file in files.Split(';').Where(File.Exists))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            if (document.RootElement.TryGetProperty("libraries", out var libraries)
                && libraries.EnumerateObject().Select(l => l.Name).FirstOrDefault(n => n.StartsWith("libtorch-", StringComparison.OrdinalIgnoreCase)) is { } name)
            {
                return name["libtorch-".Length..].Replace('/', ' ');
            }
        }

        return null;
    }
}
