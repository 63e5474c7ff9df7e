using System.Runtime.CompilerServices;

namespace UAmtfl.Tests.Architecture;

/// <summary>Lines of C# are so short that two files can be read side by side.</summary>
public sealed class LinesTests
{
    /// <summary>The first column in which no character may stand.</summary>
    private const int Limit = 140;

    private static readonly string[] Folders = ["Experiments", "Generators", "Runtime", "Tests"];

    /// <summary>Every line ends before column 140. Snapshots are left out, because their lines are those of the generator.</summary>
    [Fact]
    public void EveryLineEndsBeforeColumn140()
    {
        var root = Path.GetFullPath(Path.Combine(Here(), "../../.."));
        var files = Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(root, file))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Where(file => !file.EndsWith(".verified.cs", StringComparison.Ordinal))
            .ToList();
        Assert.True(files.Count > 100, $"only {files.Count} files of C# under {root}");
        var offences =
            from file in files
            from line in File.ReadLines(Path.Combine(root, file)).Index()
            where line.Item.EnumerateRunes().Count() >= Limit
            select $"{file}:{line.Index + 1}: {line.Item.EnumerateRunes().Count()} characters";
        Assert.Empty(offences);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
