using Microsoft.CodeAnalysis;

namespace UAmtfl.Generators.Parsing;

/// <summary>Compilations are equal where no experiment can tell them apart: the same references and options, and files that are the
/// same, or differ only within the bodies of methods and hold no class that could be an experiment. Comments count in those, since
/// a summary becomes a title.</summary>
internal sealed class SameDeclarations : IEqualityComparer<Compilation>
{
    public static readonly SameDeclarations Instance = new();

    public bool Equals(Compilation x, Compilation y)
    {
        if (ReferenceEquals(x, y))
        {
            return true;
        }

        return x.AssemblyName == y.AssemblyName && x.Options.Equals(y.Options) && x.References.SequenceEqual(y.References)
            && x.SyntaxTrees.Count() == y.SyntaxTrees.Count() && x.SyntaxTrees.Zip(y.SyntaxTrees, (a, b) => (a, b)).All(pair => Same(pair.a, pair.b));
    }

    public int GetHashCode(Compilation compilation) => compilation.AssemblyName?.GetHashCode() ?? 0;

    private static bool Same(SyntaxTree a, SyntaxTree b) =>
        ReferenceEquals(a, b) || (a.FilePath == b.FilePath && a.Options.Equals(b.Options) && a.IsEquivalentTo(b, topLevel: true) && !HasCandidate(a) && !HasCandidate(b));

    private static bool HasCandidate(SyntaxTree tree) => tree.GetRoot().DescendantNodes().Any(Candidates.MayBeExperiment);
}
