using System.Reflection;
using TorchSharp;

namespace UAmtfl.Hosting;

/// <summary>Reads the versions of the program and of the libraries that compute.</summary>
internal static class Versions
{
    /// <summary>Returns the versions by name; that of libtorch is read from the loaded library.</summary>
    public static IReadOnlyDictionary<string, string> Read() => new Dictionary<string, string>
    {
        ["UAmtfl"] = Of(typeof(Versions).Assembly),
        [".NET"] = Environment.Version.ToString(),
        ["TorchSharp"] = Of(typeof(torch).Assembly),
        ["libtorch"] = LoadedLibtorch.Describe(),
    };

    private static string Of(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version?.ToString()
            ?? "unknown";
}
