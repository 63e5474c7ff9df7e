using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using DiffPlex.Renderer;

namespace UAmtfl.Generators.Tests.Support;

/// <summary>Compares generated files with snapshots in the folder Snapshots beside the test, named as the Verify library names them:
/// Class.Method#Hint.g.verified.cs. With SNAPSHOT_ACCEPT=1 in the environment it rewrites the snapshots instead.</summary>
internal static partial class Snapshot
{
    private static readonly bool Accept = Environment.GetEnvironmentVariable("SNAPSHOT_ACCEPT") == "1";

    /// <summary>Fails with a unified diff of all files that differ, are new, or are no longer generated.</summary>
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

    /// <summary>Leaves the hash out of a generated file, which every change of a comment changes.</summary>
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
