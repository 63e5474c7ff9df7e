using TorchSharp;
using UAmtfl.Descriptors;
using UAmtfl.Messages;

namespace UAmtfl.Hosting;

/// <summary>Reads the versions of the program and of the libraries that compute.</summary>
internal static class Versions
{
    /// <summary>Returns the versions by name; that of libtorch is read from the loaded library.</summary>
    public static IReadOnlyDictionary<string, string> Read() => new Dictionary<string, string>
    {
        ["UAmtfl"] = AssemblyVersion.Of(typeof(Versions).Assembly),
        [".NET"] = Environment.Version.ToString(),
        ["TorchSharp"] = AssemblyVersion.Of(typeof(torch).Assembly),
        ["libtorch"] = LoadedLibtorch.Describe(),
    };

    /// <summary>Returns the identifiers that the compiler gave the runtime and the assembly of an experiment, by name. A build from the
    /// same source has the same.</summary>
    public static IReadOnlyDictionary<string, string> Builds(ExperimentDescriptor experiment) =>
        experiment.Variants.Select(v => v.Bind.Method.Module.Assembly)
            .Concat([typeof(UAmtflException).Assembly, typeof(Versions).Assembly, experiment.NewDataset().GetType().Assembly])
            .DistinctBy(a => a.GetName().Name)
            .ToDictionary(a => a.GetName().Name!, a => a.ManifestModule.ModuleVersionId.ToString());
}
