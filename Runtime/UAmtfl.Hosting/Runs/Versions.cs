using System.Reflection;
using TorchSharp;

namespace UAmtfl.Hosting;

/// <summary>The versions of what computes.</summary>
internal static class Versions
{
    /// <summary>Reads them; libtorch is asked itself.</summary>
    public static IReadOnlyDictionary<string, string> Read() => new Dictionary<string, string>
    {
        ["UAmtfl"] = Of(typeof(Versions).Assembly),
        [".NET"] = Environment.Version.ToString(),
        ["TorchSharp"] = Of(typeof(torch).Assembly),
        ["libtorch"] = LoadedLibtorch.Describe(),
    };

    private static string Of(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString() ?? "unknown";
}
