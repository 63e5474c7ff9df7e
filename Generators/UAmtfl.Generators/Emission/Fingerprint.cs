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

    /// <summary>Puts the hash of a variant's code, and of its trunk's, into its file.</summary>
    /// <param name="text">The file, with <see cref="Place"/> in it.</param>
    /// <param name="file">The variant. The hash does not depend on the other variants, whose needs can add members to the trunk.</param>
    public static string Insert(string text, VariantFile file)
    {
        var trunk = TrunkWriter.Write(new(file.Experiment, file.Trunk, Stacked: false, TaskGradients: false));
        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(Encoding.UTF8.GetBytes(trunk + text));
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
        var predicted = MethodCatalogue.Weighting(file).Predict(file);
        return string.Join(" → ", layers.Prepend(Layers.LayerShape.Text(trunk.Input)).Append(predicted));
    }
}
