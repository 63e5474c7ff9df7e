using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace UAmtfl.Generators.Parsing;

/// <summary>Finds the declarations of a compilation that a type can depend on, from their text alone.</summary>
/// <remarks>A declaration can change the meaning of an attribute only if it is named: by the type itself, by a declaration that the
/// type names, and so on, or by a directive of the file. A type that is nested in another cannot be reached without naming the outer
/// one. The set can therefore be found without binding, which would take time at each keystroke. It may be too large, if two types
/// share a name, but is never too small.</remarks>
internal sealed class Dependencies
{
    private static readonly ConditionalWeakTable<MetadataReference, string> ReferenceNumbers = new();
    private static int references;

    private readonly Dictionary<string, List<DeclaredType>> types = [];
    private readonly IReadOnlyList<string> globalNames;
    private readonly string everywhere;

    public Dependencies(Compilation compilation)
    {
        var names = new HashSet<string>(ReservedNames.Aliases);
        var namespaces = new SortedSet<string>(StringComparer.Ordinal);
        var globals = new List<string>();
        foreach (var file in compilation.SyntaxTrees.Select(FileDeclarations.Of))
        {
            namespaces.UnionWith(file.Namespaces);
            names.UnionWith(file.GlobalNames);
            if (file.Global.Length > 0)
            {
                globals.Add(file.Global);
            }

            foreach (var type in file.Types)
            {
                (types.TryGetValue(type.Name, out var same) ? same : types[type.Name] = []).Add(type);
            }
        }

        globalNames = [.. names.Where(types.ContainsKey)];
        everywhere = string.Join("\n",
        [
            compilation.AssemblyName ?? "", Language(compilation),
            .. compilation.References.Select(Number), .. namespaces, .. globals,
        ]);
    }

    /// <summary>Returns the types that can be experiments, in groups of those that are declared together, each group with all texts
    /// that its meaning can depend on.</summary>
    public IEnumerable<(IReadOnlyList<string> MetadataNames, IReadOnlyList<string> Texts)> Candidates()
    {
        foreach (var same in types.Values)
        {
            if (same.Exists(t => t.Attributed.Count > 0))
            {
                yield return (same.Count == 1 ? same[0].Attributed : [.. same.SelectMany(t => t.Attributed).Distinct()], Reachable(same));
            }
        }
    }

    /// <summary>Returns the texts of the declarations of one name, and of all declarations that they name, directly or
    /// indirectly.</summary>
    private List<string> Reachable(List<DeclaredType> roots)
    {
        var texts = new List<string> { everywhere };
        var seen = new HashSet<string> { roots[0].Name };
        var open = new Queue<string>();
        Enter(globalNames);
        foreach (var root in roots)
        {
            texts.Add(root.FullText);
            Enter(root.Names);
        }

        while (open.Count > 0)
        {
            foreach (var type in types[open.Dequeue()])
            {
                texts.Add(type.Text);
                Enter(type.Names);
            }
        }

        return texts;

        void Enter(IReadOnlyList<string> names)
        {
            for (var i = 0; i < names.Count; i++)
            {
                if (types.ContainsKey(names[i]) && seen.Add(names[i]))
                {
                    open.Enqueue(names[i]);
                }
            }
        }
    }

    /// <summary>Returns the compiler options that can change the meaning of a declaration. They are listed one by one, because the
    /// compiler's object for all options throws when it is compared in the command-line host.</summary>
    private static string Language(Compilation compilation) =>
        $"{compilation.Options.OutputKind} {compilation.Options.NullableContextOptions} "
            + $"{(compilation as CSharpCompilation)?.LanguageVersion}";

    /// <summary>Returns a number for a reference, because a reference cannot be compared by value, and keeping it would keep another
    /// project's compilation alive.</summary>
    private static string Number(MetadataReference reference) =>
        ReferenceNumbers.GetValue(reference, static _ => $"reference {Interlocked.Increment(ref references)}");
}
