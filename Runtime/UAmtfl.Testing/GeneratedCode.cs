using System.Runtime.CompilerServices;

namespace UAmtfl.Testing;

/// <summary>Compares the code that was generated for an experiment with snapshots, so that a change of it is seen in review.</summary>
/// <remarks>The build puts the generated code into the folder <c>generated</c> beside each program that contains the experiment, a test
/// program too.</remarks>
public static class GeneratedCode
{
    /// <summary>Fails unless the generated files of an experiment equal the snapshots in the folder <c>Snapshots</c> beside the test's
    /// source file, which are named <c>Class.Method#File.g.verified.cs</c>. A file that differs is written beside its snapshot as
    /// <c>received</c>; with <c>SNAPSHOT_ACCEPT=1</c> in the environment it replaces the snapshot.</summary>
    /// <param name="experiment">The class with <c>[Experiment]</c>.</param>
    /// <param name="variant">The simple name of one variant or trunk, of which alone the file is compared; null for all files.</param>
    /// <param name="test">The name of the test, which the compiler gives.</param>
    /// <param name="path">The source file of the test, which the compiler gives.</param>
    /// <exception cref="UAmtflException">The experiment has no such generated file beside the test program.</exception>
    public static void Verify(
        Type experiment, string? variant = null, [CallerMemberName] string test = "", [CallerFilePath] string path = "") =>
        Snapshot.Match(Of(experiment, variant), test, path);

    /// <summary>Returns the generated files of an experiment: the name of each, such as <c>Lab.Study+Mtl.g.cs</c>, and its text.</summary>
    /// <param name="experiment">The class with <c>[Experiment]</c>.</param>
    /// <param name="variant">The simple name of one variant or trunk; null for all files.</param>
    /// <exception cref="UAmtflException">The experiment has no such generated file beside the test program.</exception>
    public static IReadOnlyList<(string Hint, string Text)> Of(Type experiment, string? variant = null)
    {
        const string end = ".g.cs.txt";
        ArgumentNullException.ThrowIfNull(experiment);
        var folder = Path.Combine(AppContext.BaseDirectory, "generated");
        var name = experiment.FullName!;
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, $"{name}*{end}") : [];
        string[] found =
        [
            .. files.Where(file => Path.GetFileName(file)[name.Length..] is var rest
                && (variant is null ? rest == end || rest[0] == '+' : rest == $"+{variant}{end}")).Order(StringComparer.Ordinal),
        ];
        return found.Length > 0
            ? [.. found.Select(file => (Path.GetFileName(file)[..^".txt".Length], File.ReadAllText(file)))]
            : throw new UAmtflException(
                $"{folder} has no generated code of {name}{(variant is null ? "" : $"+{variant}")}: "
                    + "reference the project of the experiment from the test project, and build it");
    }
}
