using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using DiffPlex.Renderer;

namespace UAmtfl.Testing;

/// <summary>Compares texts with snapshots in the folder <c>Snapshots</c> beside the test's source file, named as the Verify library
/// names them: <c>Class.Method#Name.verified.cs</c>. With <c>SNAPSHOT_ACCEPT=1</c> in the environment it rewrites the snapshots
/// instead.</summary>
public static partial class Snapshot
{
    private static readonly bool Accept = Environment.GetEnvironmentVariable("SNAPSHOT_ACCEPT") == "1";

    /// <summary>Fails with a unified diff of all texts that differ from their snapshots, are new, or no longer exist.</summary>
    /// <param name="sources">The name of each text, <c>Lab.Study+Mtl.g.cs</c>, and the text, with line feeds only.</param>
    /// <param name="test">The name of the test, which the compiler gives.</param>
    /// <param name="path">The source file of the test, which the compiler gives.</param>
    public static void Match(
        IEnumerable<(string Hint, string Text)> sources, [CallerMemberName] string test = "", [CallerFilePath] string path = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(path)!, "Snapshots");
        Directory.CreateDirectory(folder);
        var prefix = $"{Path.GetFileNameWithoutExtension(path)}.{test}#";
        var orphans = Directory.GetFiles(folder, $"{prefix}*.verified.cs").ToHashSet();
        var differences = new List<string>();
        foreach (var (hint, source) in sources)
        {
            var text = WithoutHash(source);
            var name = Path.Combine(folder, prefix + Path.GetFileNameWithoutExtension(hint));
            orphans.Remove($"{name}.verified.cs");
            if (Compare($"{name}.verified.cs", $"{name}.received.cs", text) is { } difference)
            {
                differences.Add(difference);
            }
        }

        foreach (var orphan in orphans)
        {
            differences.AddRange(Remove(orphan));
        }

        Assert.True(differences.Count == 0, string.Join("\n\n", differences));
    }

    /// <summary>Returns a generated file without its hash, which every change of a comment changes.</summary>
    /// <param name="source">The text of the file.</param>
    public static string WithoutHash(string source) => Hash().Replace(source, "…");

    [GeneratedRegex("(?<=Fingerprint = \")[0-9a-f]{64}")]
    private static partial Regex Hash();

    private static string? Compare(string verified, string received, string text)
    {
        File.Delete(received);
        var old = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
        if (old == text)
        {
            return null;
        }

        File.WriteAllText(Accept ? verified : received, text);
        return Accept ? null : UnidiffRenderer.GenerateUnidiff(old ?? "", text, Path.GetFileName(verified), Path.GetFileName(received));
    }

    private static IEnumerable<string> Remove(string orphan)
    {
        if (!Accept)
        {
            return [$"no longer generated: {Path.GetFileName(orphan)}"];
        }

        File.Delete(orphan);
        return [];
    }
}
