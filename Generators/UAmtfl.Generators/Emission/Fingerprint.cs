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

    /// <summary>Puts the hash of a variant's code into its file. The code names the layers of the trunk, so that the hash changes with
    /// them.</summary>
    /// <param name="text">The file, with <see cref="Place"/> in it.</param>
    public static string Insert(string text)
    {
        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(Encoding.UTF8.GetBytes(text));
        return text.Replace(Place, string.Concat(hash.Select(b => b.ToString("x2"))));
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
