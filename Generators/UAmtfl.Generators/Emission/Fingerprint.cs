using System.Security.Cryptography;
using System.Text;
using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes what tells two declarations of a variant apart: a hash of its generated code, and its network in words.</summary>
internal static class Fingerprint
{
    /// <summary>Stands in generated code where the hash is to stand.</summary>
    public const string Place = "«fingerprint»";

    private const string EndOfComment = "\n\nnamespace ", EndWithoutNamespace = "\n\nusing ";

    /// <summary>Puts the hash of a variant's code into its file, and the declaration behind the comment at the top. The code names the
    /// layers of the trunk, so that the hash changes with them. The declaration has no part in it, because the same variant can be written
    /// in several ways.</summary>
    /// <param name="text">The file, with <see cref="Place"/> in it.</param>
    /// <param name="declared">The lines of the declaration.</param>
    public static string Insert(string text, EquatableArray<string> declared)
    {
        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(Encoding.UTF8.GetBytes(text));
        var hashed = text.Replace(Place, string.Concat(hash.Select(b => b.ToString("x2"))));
        var end = hashed.IndexOf(EndOfComment, StringComparison.Ordinal) is >= 0 and var found ? found
            : hashed.IndexOf(EndWithoutNamespace, StringComparison.Ordinal);
        return hashed.Insert(end, string.Concat(declared.Select(line => $"\n//     {line}").Prepend("\n//\n// Declaration:")));
    }

    /// <summary>What a network computes, layer by layer, and which outputs it predicts with, on one line. It depends on the declaration
    /// alone and not on the code that is generated for it.</summary>
    public static string Network(VariantFile file)
    {
        var trunk = file.Trunk;
        var layers = trunk.HandWritten is { } module
            ? [$"Trunk<{module.Replace("global::", "")}>({trunk.Features})"]
            : trunk.Layers.Select(l => l.Declared);
        var predicted = LossCode.Predict(file);
        return string.Join(" → ", layers.Prepend(Layers.LayerShape.Text(trunk.Input))
            .Concat(trunk.Heads.SelectMany(g => g.Layers.Select(l => $"{g.Words(file.Tasks)}: {l.Declared}"))).Append(predicted));
    }
}
