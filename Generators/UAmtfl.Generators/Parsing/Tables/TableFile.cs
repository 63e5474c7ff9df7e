using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>An additional file of the compiler that may be the table of an experiment. It is read only if an experiment names it, and only
/// once, however often the code beside it changes.</summary>
/// <param name="file">The file.</param>
internal sealed class TableFile(AdditionalText file) : IEquatable<TableFile>
{
    private static readonly string[] Endings = [".csv", ".tsv", ".tab"];

    /// <summary>The schemas of each text, by the format with which it was read.</summary>
    private static readonly ConditionalWeakTable<SourceText, ConcurrentDictionary<TableFormatModel, TableSchema>> Known = new();

    private readonly AdditionalText file = file;

    /// <summary>The path of the file, with forward slashes.</summary>
    public string Path { get; } = file.Path.Replace('\\', '/');

    public static bool Is(AdditionalText file) =>
        Endings.Any(ending => file.Path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>True if a declaration refers to this file by its path or the end of it.</summary>
    public bool IsNamed(string path) => Path == path || Path.EndsWith("/" + path, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns what the file says of its columns; null if it cannot be read as text.</summary>
    /// <param name="format">How the file is written.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public TableSchema? Schema(TableFormatModel format, CancellationToken cancellation) =>
        file.GetText(cancellation) is not { } text ? null
        : Known.GetOrCreateValue(text).GetOrAdd(format, f => TableSchema.Read(Path, text, f, cancellation));

    public bool Equals(TableFile? other) => other is not null && Equals(file, other.file);

    public override bool Equals(object? obj) => Equals(obj as TableFile);

    public override int GetHashCode() => Path.GetHashCode();
}

/// <summary>The additional files of the compiler that declarations may name.</summary>
/// <param name="Names">The files with names of tasks.</param>
/// <param name="Tables">The tables.</param>
internal readonly record struct ProjectFiles(EquatableArray<NameFile> Names, EquatableArray<TableFile> Tables)
{
    /// <summary>Sorts the additional files of a project.</summary>
    public static ProjectFiles Of(IEnumerable<AdditionalText> files, CancellationToken cancellation)
    {
        var all = files.ToList();
        return new(
            all.Where(NameFile.Is).Select(f => NameFile.Read(f, cancellation)).ToEquatableArray(),
            all.Where(TableFile.Is).Select(f => new TableFile(f)).ToEquatableArray());
    }
}
